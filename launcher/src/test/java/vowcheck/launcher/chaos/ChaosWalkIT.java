package vowcheck.launcher.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import vowcheck.launcher.LocalSystem;
import vowcheck.launcher.SecondSystem;

/// Forty things that people do to such a system, or that happen to it, in a row. A long test, run only by
/// `./vowcheck test --all`.
@Tag("long")
@SecondSystem
@Order(Integer.MAX_VALUE)
class ChaosWalkIT {

    private static final long SEED = Long.getLong("chaos.seed", 1);
    private static final int ACTS = Integer.getInteger("chaos.acts", 40);

    /// After as many failures, the walk tells nothing new.
    private static final int MOST_FAILURES = 3;

    private static final int MOST_CHARACTERS = 1_000;

    private final LocalSystem system;
    private final PrintStream out = System.out;

    ChaosWalkIT(LocalSystem system) {
        this.system = system;
    }

    @BeforeEach
    void start() {
        system.wipe();
        system.up();
    }

    @AfterEach
    void end() {
        system.wipe();
    }

    /// A hanging call ends it as well.
    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void nothingThatIsDoneStopsProduction() throws SQLException {
        var plan = ChaosPlan.of(SEED, ACTS);
        out.printf("chaos walk, seed %d: %d acts; repeat it with -Dchaos.seed=%d%n", SEED, ACTS, SEED);
        var failures = new ArrayList<String>();
        try (var walked = new WalkedSystem(system, SEED)) {
            var checks = new ProductionChecks(walked, walked.load().anApplication(), SEED);
            for (int number = 0; number < ACTS && failures.size() < MOST_FAILURES; number++) {
                var planned = plan.acts().get(number);
                tell("%3d".formatted(number + 1), planned.act().sentence(), failures, () -> {
                    var found = planned.act().perform(walked);
                    return (found.isEmpty() ? "" : found + "; ") + checks.after(planned.act(), planned.cutoff());
                });
            }
            tell("end", "every answer is compared once more", failures, () -> {
                walked.requireAllStored();
                return "%d predictions are stored exactly once"
                        .formatted(walked.ledger().predictions());
            });
        }
        assertThat(failures).as("seed %d", SEED).isEmpty();
    }

    /// One line for an act and its result.
    private void tell(String number, String act, List<String> failures, Step step) {
        var begun = System.nanoTime();
        String result;
        try {
            result = step.result();
        } catch (AssertionError | RuntimeException | SQLException e) { // whatever the failure is, it becomes the result
            result = "FAILED with seed %d: %s".formatted(SEED, inOneLine(e.toString()));
            failures.add("act %s, %s: %s".formatted(number.strip(), act, result));
        }
        long seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds();
        out.printf("%s %4d s  %s: %s%n", number, seconds, act, result);
    }

    private static String inOneLine(String text) {
        var line = text.replaceAll("\\s+", " ");
        return line.substring(0, Math.min(line.length(), MOST_CHARACTERS));
    }

    private interface Step {
        String result() throws SQLException;
    }
}
