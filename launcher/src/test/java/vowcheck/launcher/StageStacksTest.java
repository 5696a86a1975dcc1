package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import vowcheck.adapters.deployment.StackOutput;
import vowcheck.adapters.deployment.StageName;
import vowcheck.launcher.setup.CommandFailed;

class StageStacksTest {

    private final FakeCloudFormation cloudFormation = new FakeCloudFormation();
    private final StageStacks stacks = new StageStacks(StageName.DEV, cloudFormation);

    @Test
    void anOutputIsThatOfItsStack() {
        cloudFormation.add("vowcheck-dev-data", "CREATE_COMPLETE", Map.of("ModelBucketName", "vowcheck-dev-models"));
        cloudFormation.add("vowcheck-dev-service", "CREATE_COMPLETE", Map.of("RestApiId", "a1b2c3"));
        var deployment = stacks.deployment();

        assertThat(deployment.output(StackOutput.MODEL_BUCKET_NAME)).isEqualTo("vowcheck-dev-models");
        assertThat(deployment.output(StackOutput.REST_API_ID)).isEqualTo("a1b2c3");
    }

    @Test
    void onlyTheStacksThatAreNeededAreAskedForAndOnlyOnce() {
        cloudFormation.add(
                "vowcheck-dev-service", "CREATE_COMPLETE", Map.of("RestApiId", "a1b2c3", "ApiStageName", "v1"));
        var deployment = stacks.deployment();
        deployment.output(StackOutput.REST_API_ID);
        deployment.output(StackOutput.API_STAGE_NAME);

        assertThat(cloudFormation.asked()).containsExactly("vowcheck-dev-service");
    }

    @Test
    void aStageThatIsNotDeployedIsNamedWithItsStack() {
        assertThatThrownBy(() -> stacks.deployment().output(StackOutput.REST_API_ID))
                .isInstanceOf(CommandFailed.class)
                .hasMessage("the stage dev is not deployed in this account and region: there is no stack"
                        + " vowcheck-dev-service");
    }

    @Test
    void anOutputThatTheDeployedReleaseDoesNotHaveIsNamed() {
        cloudFormation.add("vowcheck-dev-service", "CREATE_COMPLETE", Map.of());

        assertThatThrownBy(() -> stacks.deployment().output(StackOutput.REST_API_ID))
                .hasMessage("the stage has no output RestApiId: deploy it again, with this release");
    }
}
