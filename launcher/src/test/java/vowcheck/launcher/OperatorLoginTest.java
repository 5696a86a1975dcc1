package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vowcheck.adapters.deployment.StageName;
import vowcheck.launcher.setup.CommandFailed;

class OperatorLoginTest {

    @TempDir
    private Path folder;

    private Path env;
    private Path kept;

    @BeforeEach
    void files() {
        env = folder.resolve(".env");
        kept = folder.resolve("operator.properties");
    }

    @Test
    void aGeneratedLoginIsKeptForItsOwnerOnly() throws IOException {
        var generated = find();

        assertThat(find()).isEqualTo(generated);
        assertThat(generated.password()).hasSizeGreaterThanOrEqualTo(24);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                .isEqualTo("rw-------");
    }

    @Test
    void theEnvFileTakesPrecedence() throws IOException {
        find();
        Files.writeString(env, "OPERATOR_USER=ada\nOPERATOR_PASSWORD=an example\n");

        assertThat(find()).isEqualTo(new OperatorLogin("ada", "an example"));
    }

    @Test
    void anEnvFileWithoutOperatorsChangesNothing() throws IOException {
        Files.writeString(env, "SOMETHING=else\n");

        assertThat(find().user()).isEqualTo("operator");
    }

    @Test
    void quotesAndExportAreRemoved() throws IOException {
        Files.writeString(env, "export OPERATOR_USER='ada'\nOPERATOR_PASSWORD=\"a \\back\\slash = \" \n");

        assertThat(find()).isEqualTo(new OperatorLogin("ada", "a \\back\\slash = "));
    }

    @Test
    void anIncompleteLoginIsRefused() throws IOException {
        Files.writeString(env, "OPERATOR_USER=ada\n");

        assertThatThrownBy(this::find).isInstanceOf(CommandFailed.class).hasMessageContaining("OPERATOR_PASSWORD");
    }

    @Test
    void aStageOnAwsHasALoginOfItsOwnInTheEnvironmentOrInTheEnvFile() throws IOException {
        Files.writeString(env, "DEV_OPERATOR_USER=ada\nDEV_OPERATOR_PASSWORD=an example\n");
        var environment = Map.of("DEV_OPERATOR_USER", "grace", "DEV_OPERATOR_PASSWORD", "another");

        assertThat(OperatorLogin.ofStage(StageName.DEV, Map.of(), env))
                .contains(new OperatorLogin("ada", "an example"));
        assertThat(OperatorLogin.ofStage(StageName.DEV, environment, env))
                .contains(new OperatorLogin("grace", "another"));
        assertThat(OperatorLogin.ofStage(StageName.PROD, environment, env)).isEmpty();
    }

    @Test
    void noPasswordIsSentToAStageThatItIsNotMeantFor() throws IOException {
        Files.writeString(env, "OPERATOR_USER=ada\nOPERATOR_PASSWORD=an example\n");
        var environment = Map.of("OPERATOR_USER", "grace", "OPERATOR_PASSWORD", "another");

        assertThat(OperatorLogin.ofStage(StageName.DEV, environment, env)).isEmpty();
    }

    private OperatorLogin find() {
        return OperatorLogin.findOrGenerate(env, kept, new SecureRandom());
    }
}
