package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import vowcheck.adapters.deployment.FunctionsZip;
import vowcheck.adapters.deployment.ResourceNames;
import vowcheck.adapters.deployment.StackOutput;

/// New code for the functions of the running system, without a deployment by CDK.
@ExtendWith(RunningSystem.class)
@Order(2)
class RedeploymentIT {

    private final LocalSystem system;

    RedeploymentIT(LocalSystem system) {
        this.system = system;
    }

    @Test
    void callersGetNewCodeUntilTheNextUpRestoresWhatWasBuilt(@TempDir Path folder) throws IOException {
        try (var lambda = system.aws(LambdaClient.builder())) {
            var before = live(lambda);
            var redeployment = new Redeployment(lambda, changed(folder));

            assertThat(redeployment.run()).hasSizeGreaterThan(1).anyMatch(function -> function.contains("-scoring, "));

            var changed = live(lambda);
            assertThat(changed.version()).isNotEqualTo(before.version());
            assertThat(changed.codeSha256()).isNotEqualTo(before.codeSha256());
            assertThat(system.post("/predict", LocalSystem.event("request_1.json"))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(redeployment.run()).isEmpty();

            assertThat(system.up()).contains("-scoring, version ");

            assertThat(live(lambda).codeSha256()).isEqualTo(before.codeSha256());
        }
    }

    private GetFunctionConfigurationResponse live(LambdaClient lambda) {
        var scoring = system.deployment().output(StackOutput.SCORING_FUNCTION_NAME);
        var alias = lambda.getAlias(request -> request.functionName(scoring).name(ResourceNames.LIVE_ALIAS));
        return lambda.getFunctionConfiguration(
                request -> request.functionName(scoring).qualifier(alias.functionVersion()));
    }

    /// A folder with the functions' code, to which a file is added.
    static Path changed(Path folder) throws IOException {
        for (var zip : FunctionsZip.values()) {
            var built = LocalSystem.ROOT.resolve(FunctionsZip.FOLDER).resolve(zip.fileName());
            try (var archive = FileSystems.newFileSystem(Files.copy(built, folder.resolve(zip.fileName())))) {
                Files.writeString(archive.getPath("changed.txt"), "");
            }
        }
        return folder;
    }
}
