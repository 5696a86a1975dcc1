package vowcheck.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import vowcheck.infra.stage.ContextValues;
import vowcheck.infra.stage.Stages;

/// A host name of our own, under which clerks find the API also when its own has changed.
class CustomDomainTest {
    private static final String CERTIFICATE =
            "arn:aws:acm:eu-central-1:123456789012:certificate/12345678-1234-1234-1234-123456789012";

    @Test
    void theSamePathsAreThereUnderOurOwnName() {
        var prod = withDomain();

        var name = prod.resource("AWS::ApiGateway::DomainName", "ScoringApi");
        assertThat(name.properties().at("DomainName").text()).isEqualTo("scoring.example.org");
        assertThat(name.properties().at("RegionalCertificateArn").text()).isEqualTo(CERTIFICATE);
        assertThat(name.properties().at("SecurityPolicy").text()).isEqualTo("TLS_1_2");
        var mapping =
                prod.resource("AWS::ApiGateway::BasePathMapping", "ScoringApi").properties();
        // MLflow's pages refer to their parts by paths that begin with the stage's name.
        assertThat(mapping.at("BasePath").text()).isEqualTo("v1");
        assertThat(mapping.at("Stage").text()).contains("ScoringApi");
    }

    @Test
    void callersAreToldOurNameAndWhatItsRecordPointsTo() {
        var outputs = new Node(withDomain().service()).at("Outputs");

        assertThat(outputs.at("ApiUrl", "Value").text()).contains("https://").endsWith("/v1/");
        assertThat(outputs.at("ApiDomainTarget", "Value").text()).endsWith(".RegionalDomainName}");
        assertThat(Synthesized.of("prod").outputs(Synthesized.of("prod").service()))
                .doesNotContain("ApiDomainTarget");
    }

    @Test
    void pagesOfOurNameMayCallMlflow() {
        var prod = withDomain();
        var origins = prod.resources("AWS::ECS::TaskDefinition").stream()
                .flatMap(task -> task.properties().at("ContainerDefinitions").list().stream())
                .flatMap(container -> container.at("Environment").list().stream())
                .filter(variable -> variable.at("Name").text().equals("MLFLOW_CORS_ORIGINS"))
                .map(variable -> variable.at("Value").text())
                .collect(Collectors.joining());

        assertThat(origins)
                .contains(".execute-api.")
                .contains("https://${"
                        + prod.resource("AWS::ApiGateway::DomainName", "ScoringApi")
                                .logicalId() + "}");
    }

    private static Synthesized withDomain() {
        var context = new HashMap<>(Synthesized.context("prod"));
        context.put("domain", "scoring.example.org");
        context.put("certificate", CERTIFICATE);
        return Synthesized.of(Stages.of(ContextValues.of(context), null));
    }
}
