package vowcheck.launcher.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vowcheck.launcher.preflight.Finding.Verdict;

class MachineChecksTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "true, OK, true",
                "false, MISSING, 'false version' fails",
                "no-such-engine, MISSING, 'no-such-engine version' fails",
            })
    void theEngineIsTheOneThatCdkUses(String engine, Verdict verdict, String found) {
        assertThat(checks(engine, "amd64").findings().get(1))
                .extracting(Finding::verdict, Finding::found)
                .containsExactly(verdict, found);
    }

    @Test
    void anotherMachineThanArm64NeedsItsEmulator() throws IOException {
        assertThat(arm64("aarch64").verdict()).isEqualTo(Verdict.OK);
        assertThat(arm64("amd64").verdict()).isEqualTo(Verdict.MISSING);
        Files.writeString(
                folder.resolve("qemu-aarch64"), "enabled\ninterpreter /usr/bin/qemu\nflags: POCF\noffset 0\n");
        assertThat(arm64("amd64").verdict()).isEqualTo(Verdict.OK);
        Files.writeString(folder.resolve("qemu-aarch64"), "enabled\ninterpreter /usr/bin/qemu\nflags: OC\noffset 0\n");
        assertThat(arm64("amd64").verdict()).isEqualTo(Verdict.MISSING);
        Files.writeString(folder.resolve("qemu-aarch64"), "disabled\nflags: F\n");
        assertThat(arm64("amd64").verdict()).isEqualTo(Verdict.MISSING);
    }

    @Test
    void aSystemWithoutBinfmtIsUnknown() {
        assertThat(new MachineChecks(Map.of(), "amd64", folder.resolve("none/qemu-aarch64"))
                        .findings()
                        .getLast()
                        .verdict())
                .isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void nodeIsFound() {
        assertThat(checks("true", "amd64").findings().getFirst())
                .extracting(Finding::needed, Finding::verdict)
                .containsExactly("Node.js 20 or later", Verdict.OK);
    }

    private Finding arm64(String architecture) {
        return checks("true", architecture).findings().getLast();
    }

    private MachineChecks checks(String engine, String architecture) {
        return new MachineChecks(Map.of("CDK_DOCKER", engine), architecture, folder.resolve("qemu-aarch64"));
    }
}
