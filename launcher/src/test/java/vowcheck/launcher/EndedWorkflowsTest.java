package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vowcheck.adapters.deployment.StackOutput;
import vowcheck.adapters.json.JsonObject;

class EndedWorkflowsTest {

    private static final String BEGUN = "2026-11-26T13:05:12.345000+00:00";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "TrainingStateMachineArn | {} | a training | retrain",
                "TrainingStateMachineArn | {\"cutoff\":\"2025-05-01\",\"operator\":\"ada\"} | a training | retrain 2025-05-01",
                "TrainingStateMachineArn | {\"approval\":true} | a training | retrain --approval",
                "ReplayStateMachineArn | {} | a replay | replay",
                "ReplayStateMachineArn | {\"cutoffs\":[\"2025-05-01\",\"2025-06-01\"],\"restore\":true} | a replay"
                        + " | replay --from 2025-05-01 --to 2025-06-01 --restore",
                "ImportStateMachineArn | {} | an import | import FILE",
            })
    void eachIsNamedWithTheCommandThatStartsItAgain(String machine, String input, String what, String command)
            throws IOException {
        assertThat(ended(machine, input).tell())
                .containsExactly(
                        ("%s that ran since %s, last at Train, has ended with the system: after ./vowcheck up, start it"
                                        + " again with ./vowcheck %s")
                                .formatted(what, RunState.onTheClock(Instant.parse(BEGUN)), command));
    }

    @Test
    void aTrainingOfAReplayIsNoneOfItsOwnAndOtherStateMachinesAreNotKnown() throws IOException {
        assertThat(ended("TrainingStateMachineArn", "{\"replay\":\"arn\"}").tell())
                .isEmpty();
        assertThat(ended("another", "{}").tell()).isEmpty();
    }

    @Test
    void itIsSaidOnce() throws IOException {
        var ended = ended("TrainingStateMachineArn", "{}");

        assertThat(ended.tell()).hasSize(1);
        assertThat(ended.tell()).isEmpty();
    }

    /// The ARN of each output is its name.
    private EndedWorkflows ended(String machine, String input) throws IOException {
        var file = folder.resolve("ended-executions.json");
        var execution = new JsonObject()
                .with("stateMachineArn", machine)
                .with("name", "one")
                .with("startDate", BEGUN)
                .with("input", input)
                .with("state", "Train");
        Files.write(
                file, JsonObject.of(Map.of("executions", List.of(execution))).utf8());
        var outputs = new HashMap<String, String>();
        for (var output : StackOutput.values()) {
            outputs.put(output.outputName(), output.outputName());
        }
        return new EndedWorkflows(file, new Deployment(_ -> outputs));
    }
}
