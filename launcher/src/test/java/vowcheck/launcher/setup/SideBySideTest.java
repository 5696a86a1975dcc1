package vowcheck.launcher.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SideBySideTest {

    @TempDir
    private Path folder;

    @Test
    void stepsRunAtTheSameTime() throws IOException {
        var both = new CountDownLatch(2);

        SideBySide.run(() -> meet(both), () -> meet(both));

        assertThat(both.getCount()).isZero();
    }

    @Test
    void theFailureOfOneEndsTheProgramOfAnother() {
        var begun = folder.resolve("begun");

        assertThatThrownBy(() -> SideBySide.run(
                        () -> new LoggedCommands(folder)
                                .run(
                                        "long.log",
                                        "sh",
                                        "-c",
                                        "echo $$ >%s.new; mv %s.new %s; exec sleep 1000"
                                                .formatted(begun, begun, begun)),
                        () -> {
                            while (!Files.exists(begun)) {
                                Thread.onSpinWait();
                            }
                            throw new CommandFailed("the first failure");
                        }))
                .isInstanceOf(CommandFailed.class)
                .hasMessage("the first failure");

        assertThat(begun)
                .content()
                .satisfies(pid -> assertThat(ProcessHandle.of(Long.parseLong(pid.strip())))
                        .isEmpty());
    }

    @Test
    void aFailureOfTheDiskIsThrownAsItIs() {
        assertThatThrownBy(() -> SideBySide.run(() -> {
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(IOException.class);
    }

    private static void meet(CountDownLatch both) {
        both.countDown();
        try {
            both.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
