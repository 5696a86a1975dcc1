package vowcheck.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vowcheck.adapters.deployment.StackOutput;
import vowcheck.infra.stage.AllowedCallers;
import vowcheck.infra.stage.ContextValues;

class AllowedCallersTest {

    @Test
    void theContextNamesNetworksOrSignaturesOrSaysAnyone() {
        assertThat(callers("allowedAddresses", "203.0.113.0/24, 198.51.100.7,2001:db8::/32"))
                .contains(new AllowedCallers.FromNetworks(List.of("203.0.113.0/24", "198.51.100.7", "2001:db8::/32")));
        assertThat(callers("authorization", "iam")).contains(new AllowedCallers.Signed());
        assertThat(callers("allowedAddresses", "anyone")).contains(new AllowedCallers.Anyone());
        assertThat(callers("stage", "dev")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0.0.0.0/0",
                "::/0",
                "203.0.113.0/33",
                "203.0.113.0/24/1",
                "203.0.113",
                "office",
                "1.2.3.4/",
                "anyone"
            })
    void anInvalidNetworkIsRefusedByName(String network) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> callers("allowedAddresses", "203.0.113.0/24," + network))
                .withMessage("allowedAddresses has '" + network
                        + "': expected networks such as 203.0.113.0/24, or only anyone");
    }

    @Test
    void addressesAndSignaturesExcludeEachOther() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AllowedCallers.of(
                        ContextValues.of(Map.of("allowedAddresses", "203.0.113.0/24", "authorization", "iam"))))
                .withMessage("allowedAddresses and authorization are both given: expected one");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> callers("authorization", "none"))
                .withMessage("authorization is 'none': expected iam");
    }

    @Test
    void callersOutsideTheNetworksAreDeniedOnEveryPath() {
        assertThat(policy(Synthesized.of("prod")).at("Statement").list())
                .extracting(
                        statement -> statement.at("Effect").text(),
                        statement -> statement.at("Condition").map())
                .containsExactly(
                        tuple("Allow", Map.of()),
                        tuple("Deny", Map.of("NotIpAddress", Map.of("aws:SourceIp", List.of("203.0.113.0/24")))));
        assertThat(policy(Synthesized.of("prod")).at("Statement").list()).allSatisfy(statement -> {
            assertThat(statement.at("Action").text()).isEqualTo("execute-api:Invoke");
            assertThat(statement.at("Resource").text()).isEqualTo("execute-api:/*");
        });
    }

    @Test
    void theClerksCallsMustBeSignedIfTheStageRequiresIt() {
        var signed = Synthesized.signed();
        assertThat(policy(signed).value()).isNull();
        assertThat(signed.resources("AWS::ApiGateway::Method"))
                .filteredOn(method -> method.properties().at("ApiKeyRequired").isTrue())
                .isNotEmpty()
                .extracting(
                        method -> method.properties().at("AuthorizationType").text())
                .containsOnly("AWS_IAM");
        assertThat(authorization(signed)).isEqualTo(StackOutput.SIGNED);
        assertThat(authorization(Synthesized.of("prod"))).isEqualTo("NONE");
    }

    /// As the stack tells it to callers.
    private static String authorization(Synthesized stage) {
        return new Node(stage.service())
                .at("Outputs")
                .at(StackOutput.API_AUTHORIZATION.outputName())
                .at("Value")
                .text();
    }

    private static Optional<AllowedCallers> callers(String key, String value) {
        return AllowedCallers.of(ContextValues.of(Map.of(key, value)));
    }

    private static Node policy(Synthesized stage) {
        return stage.resource("AWS::ApiGateway::RestApi", "ScoringApi")
                .properties()
                .at("Policy");
    }
}
