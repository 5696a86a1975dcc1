package vowcheck.launcher.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.awaitility.core.ConditionFactory;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.launcher.LocalSystem;

/// What must hold after each act, whatever was done: something serves or `/model-info` says why not, the next training
/// ends by itself, no call is answered with 500, and every answered prediction is stored exactly once.
final class ProductionChecks {

    /// What the platform answers for a function that was killed.
    static final Set<Integer> OF_THE_PLATFORM = Set.of(502, 504);

    /// Of the training that is refused because another one, which a rule has started, was quicker.
    private static final String ANOTHER_RUNS = "is running, expected none";

    /// How long it may take until a model serves, or the reason why none does is told.
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final WalkedSystem walked;
    private final String application;
    private final RandomGenerator random;

    /// @param application a body of `/predict`
    /// @param seed of the choice which answers are audited
    ProductionChecks(WalkedSystem walked, String application, long seed) {
        this.walked = walked;
        this.application = application;
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /// Throws [AssertionError] for what does not hold; otherwise returns what was found, in a few words.
    ///
    /// @param cutoff of the training that is tried
    String after(Act act, String cutoff) {
        var found = new ArrayList<String>();
        found.add(act.mayStopServing() ? servesOrSaysWhyNot(act) : serves(act));
        requireOthersSucceeded();
        if (act.mayHurtTraining()) {
            found.add(nextTraining(cutoff));
        }
        if (act.mayStopServing() && walked.refusedColumn().isPresent()) {
            found.add(wayBack());
        }
        if (act.mayHurtTraining()) {
            found.add(serves(act));
        }
        found.add(requireExpectedAnswers(act));
        if (!walked.isSlow()) {
            walked.awaitStored();
            audit().ifPresent(found::add);
        }
        return String.join("; ", found.stream().distinct().toList());
    }

    /// The version that serves, with nothing to complain about.
    private String serves(Act act) {
        return limited("the model in production serves")
                .until(
                        () -> {
                            var answer = predict(act);
                            var info = walked.system().modelInfo();
                            return answer.statusCode() == 200 && !info.contains("\"refused\"")
                                    ? "version %s serves".formatted(version(answer))
                                    : "/predict %d, /model-info %s".formatted(answer.statusCode(), info);
                        },
                        words -> words.endsWith(" serves"));
    }

    private String servesOrSaysWhyNot(Act act) {
        return limited("something serves or /model-info says why not")
                .until(
                        () -> {
                            var answer = predict(act);
                            if (answer.statusCode() == 200) {
                                return "version %s serves".formatted(version(answer));
                            }
                            return "nothing serves: " + reason().orElse("");
                        },
                        words -> !words.endsWith(": "));
    }

    /// Why nothing serves: more than that nothing does.
    private Optional<String> reason() {
        return Optional.of(JsonDocument.parse(walked.system().modelInfo()))
                .filter(info -> info.has("detail"))
                .map(info -> info.text("detail"))
                .filter(detail -> detail.contains("can be used: ") || detail.contains("cannot be used: "));
    }

    private HttpResponse<String> predict(Act act) {
        var answer = walked.system().post("/predict", application);
        assertThat(answer.statusCode() == 200 || mayRefuse(act, answer.statusCode()))
                .as("/predict %d: %s", answer.statusCode(), answer.body())
                .isTrue();
        return answer;
    }

    private static boolean mayRefuse(Act act, int status) {
        return status == 503 || (act.killsFunctions() && OF_THE_PLATFORM.contains(status));
    }

    private static String version(HttpResponse<String> answer) {
        return answer.headers().firstValue("X-Model-Version").orElseThrow();
    }

    /// Trainings that rules and commands have started.
    private void requireOthersSucceeded() {
        walked.trainings().awaitNone();
        for (var end : walked.trainings().takeOthers()) {
            if (end.status() != ExecutionStatus.SUCCEEDED && !walked.explains(String.valueOf(end.cause()))) {
                throw new AssertionError("a training that nobody disturbed ended as %s: %s %s"
                        .formatted(end.status(), end.error(), end.cause()));
            }
        }
    }

    private String nextTraining(String cutoff) {
        var end = await("the next training begins")
                .atMost(LocalSystem.PATIENCE)
                .until(
                        () -> run(cutoff),
                        training -> !String.valueOf(training.cause()).contains(ANOTHER_RUNS));
        if (walked.refusedColumn().isPresent()) {
            assertThat(end.status()).as(end.cause()).isEqualTo(ExecutionStatus.FAILED);
            assertThat(end.cause()).contains(walked.refusedColumn().get());
            return "training refused";
        }
        assertThat(end.status()).as("the next training: %s", end.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        var promotion = JsonDocument.parse(end.output()).document("promotion");
        return "training %s version %s".formatted(promotion.text("decision"), promotion.text("model_version"));
    }

    private DescribeExecutionResponse run(String cutoff) {
        walked.trainings().awaitNone();
        return walked.trainings().start(cutoff).awaitEnd();
    }

    /// While no training can replace an unusable model, an operator can.
    private String wayBack() {
        var rollback = walked.system().run("rollback", "--reason", "a chaos walk");
        int choice = rollback.output().indexOf(RolledBack.CHOICE);
        if (rollback.exitCode() != 0 && choice >= 0) {
            var newest = rollback.output()
                    .substring(choice + RolledBack.CHOICE.length())
                    .split("[,\\s]", 2)[0];
            rollback = walked.system().run("rollback", newest, "--reason", "a chaos walk");
        }
        assertThat(rollback.exitCode()).as(rollback.output()).isZero();
        return LauncherCommand.lastLine(rollback.output());
    }

    private String requireExpectedAnswers(Act act) {
        var unanswered = walked.load().takeUnanswered();
        var wrong = unanswered.stream()
                .filter(request -> !mayRefuse(act, request.status()))
                .toList();
        assertThat(wrong).as("answers other than 200 and 503").isEmpty();
        return "%d predictions, %d calls refused".formatted(walked.ledger().predictions(), unanswered.size());
    }

    /// One of the answers, as an operator sees it: it must be there, and recomputed equally if its model can be read.
    private Optional<String> audit() {
        return walked.ledger().any(random).map(request -> {
            var shown = limited("the stored answer is shown")
                    .until(() -> audited(request, ""), answer -> answer.statusCode() == 200);
            var recomputed = audited(request, "?explain=true");
            if (recomputed.statusCode() == 409
                    && walked.isDamaged(JsonDocument.parse(shown.body()).text("manifest_sha256"))) {
                return "an audit cannot read the damaged model";
            }
            assertThat(recomputed.statusCode()).as(recomputed.body()).isEqualTo(200);
            assertThat(JsonDocument.parse(recomputed.body()).documents("predictions"))
                    .allSatisfy(
                            prediction -> assertThat(prediction.flag("equal")).isTrue());
            return "an audit recomputes equally";
        });
    }

    private HttpResponse<String> audited(String request, String query) {
        return walked.system()
                .send(walked.system()
                        .asOperator(walked.system().request("/predictions/" + request + query))
                        .header("x-api-key", walked.system().status().text("api_key")));
    }

    private static ConditionFactory limited(String what) {
        return await(what).atMost(LIMIT);
    }
}
