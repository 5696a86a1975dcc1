package vowcheck.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.launcher.LocalFolder;

class CommandsTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-26T12:00:00Z"));

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "retrain yesterday, `retrain: the cutoff is 'yesterday', expected a date such as 2025-05-01`",
                "retrain 2026-02-30, `retrain: the cutoff is '2026-02-30', expected a date such as 2025-05-01`",
                "retrain 2031-01-01, `retrain: the cutoff 2031-01-01 lies in the future, expected at most 2026-11-27,"
                        + " which is tomorrow in UTC`",
                "retrain 2025-05-01 2026-01-01, retrain: unexpected argument '2026-01-01'",
                "retrain --search 0, `retrain: --search is '0', expected 1 to 15 minutes`",
                "retrain --search soon, `retrain: --search is 'soon', expected 1 to 15 minutes`",
                "retrain --trials 201, `retrain: --trials is '201', expected 1 to 200 trials`",
                "retrain --search 2 --trials 3, `retrain: --search=MINUTES, --trials=NUMBER are mutually exclusive"
                        + " (specify only one)`",
                "rollback 1 2 --reason=case, rollback: unexpected argument '2'",
                "rollback 1, rollback: --reason is missing",
                "rollback --reason=, rollback: a reason is one line of 1 to 500 characters",
                "shadow 1, shadow: --reason is missing",
                "shadow --stop, shadow: --reason is missing",
                "shadow --reason=case, shadow: --reason goes with a version or --stop",
                "`shadow 1 --stop --reason=case`, `shadow: give a version to start the shadow, or --stop to end it`",
                "shadow 1 --reason=, shadow: a reason is one line of 1 to 500 characters",
                "replay 2025, replay: unexpected argument '2025'",
                "replay --from soon, `replay: the cutoff is 'soon', expected a date such as 2025-05-01`",
                "replay --from 2025-07-01 --to 2025-05-01, `replay: the first cutoff 2025-07-01 is later than the last"
                        + " one 2025-05-01`",
                "drift --now, drift: unknown option '--now'",
                "predict, predict: FILE is missing",
                "predict a.json b.json, predict: unexpected argument 'b.json'",
                "export --from 2025-05-01 --to 2025-05-01, export: FILE is missing",
                "export a.csv, export: --from is missing",
                "export --from 2025-05-01 a.csv, export: --to is missing",
                "export --from yesterday --to 2025-05-01 a.csv, `export: --from is 'yesterday', expected a date such as"
                        + " 2025-05-01`",
                "export --from 2025-05-02 --to 2025-05-01 a.csv, `export: --to is 2025-05-01, expected a day from"
                        + " 2025-05-02 (--from) on`",
                "import, import: FILE is missing",
                "import --format xml a.csv, `import: the format is 'xml', expected loans, csv or dump`",
                "import --first-day May a.csv, `import: --first-day is 'May', expected a date such as 2023-05-01`",
                "import --rows-a-day 0 a.csv, `import: --rows-a-day is 0, expected at least 1`",
                "data model, `data: it is 'model', expected import or training`",
                "operator ada editor, `operator: a role is 'editor', expected operator or auditor`",
                "operator ada --remove, operator: --remove belongs to --stage",
                "completion fish, `completion: the shell is 'fish', expected bash or zsh`",
                "logs --json, `logs: NAME is missing: LocalStack's log is not JSON and has no times`",
                "logs --raw --json scoring, `logs: --raw, --json are mutually exclusive (specify only one)`",
                "follow a b, follow: unexpected argument 'b'",
                "key make, `key: an action is 'make', expected one of list, new, show, revoke, restore`",
                "key new, key: CLIENT is missing",
                "key new Clerks, `key: a client's name has 2 to 20 characters of a-z and 0-9, the first a letter, got 6"
                        + " characters`",
                "key new clerks --old-valid-for soon, `key: a time is 'soon', expected one such as 30m, 24h or 7d`",
                "key revoke clerks, `key: the id of an API key has 6 characters, expected one such as clerks-Ab12Cd34`",
                "key list clerks, key: unexpected argument 'clerks'",
                "erase --reason=case, erase: ID is missing",
                "erase --loan=1, erase: --reason is missing",
                "erase --loan=1 --request=2 --reason=case, `erase: --loan=ID, --request=ID are mutually exclusive (specify"
                        + " only one)`",
                "erase --loan=1 --client=clerks --reason=case, erase: --client belongs to --request",
                "erase --loan=1/2 --reason=case, `erase: a loan id has 1 to 64 characters of A-Z, a-z, 0-9, ., _ and -,"
                        + " got 3 characters`",
                "erase --request=1/2 --reason=case, `erase: a request id has 1 to 50 characters of [A-Za-z0-9._-], got 3"
                        + " characters`",
                "erase --request=1 --client=Clerks --reason=case, `erase: a client's name has 2 to 20 characters of a-z"
                        + " and 0-9, the first a letter, got 6 characters`",
                "erase --loan=1 --reason=, `erase: a reason is one line of 1 to 500 characters that names neither the"
                        + " person nor the id that is erased`",
                "erase --loan=L-1 --reason=l-1, `erase: the reason has the id of what is erased, expected one line of 1 to"
                        + " 500 characters that names neither the person nor the id that is erased`",
                "preflight, preflight: STAGE is missing",
                "preflight dev -c allowedAddresses, `preflight: -c is 'allowedAddresses', expected KEY=VALUE`",
                "synth, synth: STAGE is missing",
                "synth dev, synth: DIR is missing",
                "synth dev out -c allowedAddresses, `synth: -c is 'allowedAddresses', expected KEY=VALUE`",
                "synth dev out -c stage=prod, `synth: -c is 'stage=prod', but the stage is the first argument, 'dev'`",
                "mlflow, mlflow: DIRECTION is missing",
                "mlflow on --stage dev, `mlflow: it is 'on', expected up or down`",
                "cost, cost: STAGE is missing",
                "cost dev --predictions=-1, `cost: --predictions is '-1', expected a whole number of 0 or more`",
                "cost dev --predictions=many, `cost: --predictions is 'many', expected a whole number of 0 or more`",
                "cost dev -c stage, `cost: -c is 'stage', expected KEY=VALUE`",
                "status --jsn, status: unknown option '--jsn'",
                "rollback --reason=case --stage staging, `rollback: a stage is 'staging', expected one of local, dev, prod`",
                "logs --stage dev, `logs: NAME is missing: LocalStack's log is on the machine where it runs`",
                "logs --since 1h, `logs: NAME is missing: LocalStack's log is not JSON and has no times`",
            })
    void wrongArgumentsAreNamedBeforeAnythingStarts(String command, String sentence) {
        int exitCode = run(command.split(" ", -1));

        assertThat(errors.toString(StandardCharsets.UTF_8))
                .isEqualTo("vowcheck: %s; see ./vowcheck %s --help%n".formatted(sentence, command.split(" ", -1)[0]));
        assertThat(exitCode).isEqualTo(2);
        assertThat(out.size()).isZero();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void everyCommandExplainsItself() {
        Usage.commands().forEach((name, _) -> {
            out.reset();

            assertThat(run(name, "--help")).as(name).isZero();

            assertThat(out.toString(StandardCharsets.UTF_8)).as(name).isEqualTo(Usage.of(name));
        });
    }

    @Test
    void theStatusOfASystemThatDoesNotRunIsAFailureAndItsJsonIsJson() {
        assertThat(run("status")).isEqualTo(1);
        assertThat(errors.toString(StandardCharsets.UTF_8))
                .isEqualTo("vowcheck: not running: ./vowcheck up%n".formatted());
        assertThat(out.size()).isZero();
        errors.reset();

        assertThat(run("status", "--json")).isEqualTo(1);

        assertThat(errors.size()).isZero();
        assertThat(JsonDocument.parse(out.toString(StandardCharsets.UTF_8)).flag("healthy"))
                .isFalse();
    }

    @Test
    void theHelpOfAReplayExplainsTheLastColumnOfItsTable() {
        run("replay", "--help");

        assertThat(out.toString(StandardCharsets.UTF_8)).contains("'on new people'", "95 %");
    }

    @Test
    void aFailureIsOneSentence() {
        int exitCode = run("rollback", "--reason=case");

        assertThat(errors.toString(StandardCharsets.UTF_8))
                .isEqualTo("vowcheck: not running: ./vowcheck up%n".formatted());
        assertThat(exitCode).isEqualTo(1);
    }

    private int run(String... arguments) {
        var invocation = new Invocation(
                new LocalFolder(folder),
                folder,
                Map.of(),
                CLOCK,
                CLOCK.instant(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(errors, true, StandardCharsets.UTF_8));
        return Commands.of(invocation).execute(arguments);
    }
}
