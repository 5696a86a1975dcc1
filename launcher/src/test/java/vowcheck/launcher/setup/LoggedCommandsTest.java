package vowcheck.launcher.setup;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a user reads when a program fails: the cause, where the program's own words tell it.
class LoggedCommandsTest {

    @TempDir
    private Path logs;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OSError: [Errno 28] No space left on device",
                "npm error code ENOSPC",
                "npm warn tar TAR_ENTRY_ERROR ENOSPC: no space left on device, write",
                "error: failed to write: No space left on device (os error 28)",
                "[ERROR] Error copying artifact from /m2/a.jar to /target/lib/a.jar: No space left on device",
                "[ERROR] error while writing vowcheck.core.A: /target/classes/A.class: No space left on device",
                "localaws: cannot unpack a.jar to /tools/postgresql: [Errno 28] No space left on device",
                "write failed: Disk quota exceeded",
            })
    void aFullDiskIsNamed(String output) {
        assertThatThrownBy(() -> fail(output))
                .isInstanceOf(CommandFailed.class)
                .hasMessageStartingWith("'sh' failed because the disk is full")
                .hasMessageContaining(": free some space")
                .hasMessageEndingWith("it continues");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "error: Failed to fetch: `https://example.org/simple/boto3/`",
                "Caused by ProxyError('Cannot connect to proxy.')",
                "npm error code ECONNREFUSED",
                "[ERROR] Could not transfer artifact a:b:pom:1 from/to central: Connection refused",
                "socket.gaierror: [Errno -3] Temporary failure in name resolution",
            })
    void aMissingNetworkIsNamed(String output) {
        assertThatThrownBy(() -> fail(output))
                .isInstanceOf(CommandFailed.class)
                .hasMessageStartingWith("'sh' could not download what it needs: check the network");
    }

    @Test
    void whatAProgramOfThisRepositorySaysInOneSentenceIsTheSentence() {
        assertThatThrownBy(() -> fail("a warning\nvowcheck: stage is 'test': expected local, dev or prod\ncdk failed"))
                .isInstanceOf(CommandFailed.class)
                .hasMessage("stage is 'test': expected local, dev or prod");
    }

    @Test
    void whatLocalStackSaysInOneSentenceIsTheCause() {
        assertThatThrownBy(() -> fail("A CREATE_FAILED\nlocalaws: the deployment failed: A (AWS::SQS::Queue): refused"))
                .isInstanceOf(CommandFailed.class)
                .hasMessage("the deployment failed: A (AWS::SQS::Queue): refused; remove the cause, then run"
                        + " ./vowcheck up again; the whole output is in " + logs.resolve("failed.log"));
    }

    @Test
    void aFailureThatAProgramOnlyWarnsOfIsOne() {
        var commands = new LoggedCommands(logs);
        var output = "npm warn tar TAR_ENTRY_ERROR ENOSPC: no space left on device, write";
        commands.run("npm.log", "echo", output);

        commands.requireWithout("another", "npm.log", "npm", "ci");
        assertThatThrownBy(() -> commands.requireWithout("TAR_ENTRY_ERROR", "npm.log", "npm", "ci"))
                .isInstanceOf(CommandFailed.class)
                .hasMessageStartingWith("'npm' failed because the disk is full");
    }

    @Test
    void anyOtherFailureNamesTheProgramAndItsOutput() {
        assertThatThrownBy(() -> fail("the compiler found an error"))
                .isInstanceOf(CommandFailed.class)
                .hasMessage("'sh' failed; its whole output is in " + logs.resolve("failed.log"));
    }

    private void fail(String output) {
        new LoggedCommands(logs).run("failed.log", "sh", "-c", "echo \"$0\"; exit 1", output);
    }
}
