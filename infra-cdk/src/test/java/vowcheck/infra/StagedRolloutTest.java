package vowcheck.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vowcheck.infra.stage.ContextValues;
import vowcheck.infra.stage.Stages;

/// How a new version of the scoring function gets its callers.
class StagedRolloutTest {

    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod"})
    void aTenthOfTheCallsTriesANewVersion(String stage) {
        var synthesized = Synthesized.of(stage);
        var alias = synthesized.resource("AWS::Lambda::Alias", "ScoringLive").body();
        var group = synthesized.resource("AWS::CodeDeploy::DeploymentGroup", "Rollout");

        assertThat(alias.at("UpdatePolicy", "CodeDeployLambdaAliasUpdate", "DeploymentGroupName")
                        .text())
                .isEqualTo("${" + group.logicalId() + "}");
        assertThat(group.properties().at("DeploymentConfigName").text())
                .isEqualTo("CodeDeployDefault.LambdaCanary10Percent5Minutes");
    }

    @Test
    void anAlarmOfTheScoringMovesTheCallsBack() {
        var synthesized = Synthesized.of("prod");
        var group = synthesized
                .resource("AWS::CodeDeploy::DeploymentGroup", "Rollout")
                .properties();

        assertThat(group.at("AlarmConfiguration", "Enabled").isTrue()).isTrue();
        assertThat(group.at("AlarmConfiguration", "Alarms").list().stream()
                        .map(alarm -> alarm.at("Name").text())
                        .map(reference -> reference.replaceAll("\\$\\{|[0-9A-F]{8}}", "")))
                .containsExactly(
                        "AlarmsScoringErrors", "AlarmsServerErrors", "AlarmsPredictionsUnlogged", "AlarmsModelRefused");
        assertThat(group.at("AutoRollbackConfiguration", "Events").list().stream()
                        .map(Node::text))
                .contains("DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM");
    }

    /// An alarm that is raised already would stop the deployment that mends its cause.
    @Test
    void aDeploymentCanDoWithout() {
        var context = new HashMap<>(Synthesized.context("prod"));
        context.put("rollout", "at-once");

        for (var synthesized :
                List.of(Synthesized.of("local"), Synthesized.of(Stages.of(ContextValues.of(context), null)))) {
            assertThat(synthesized.resources("AWS::CodeDeploy::DeploymentGroup"))
                    .isEmpty();
            assertThat(synthesized
                            .resource("AWS::Lambda::Alias", "ScoringLive")
                            .body()
                            .at("UpdatePolicy")
                            .value())
                    .isNull();
        }
    }
}
