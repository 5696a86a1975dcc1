package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunStateTest {

    @TempDir
    private Path folder;

    private final ProcessHandle process = ProcessHandle.current();
    private final Instant begun = process.info().startInstant().orElseThrow();
    private ServerSocket localstack;

    @BeforeEach
    void aSystemThatRuns() throws IOException {
        localstack = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Files.writeString(folder.resolve("port"), localstack.getLocalPort() + "\n");
        localstackIs(process.pid() + " " + ProcessStart.of(process.pid()).orElseThrow());
    }

    @AfterEach
    void end() throws IOException {
        localstack.close();
    }

    @Test
    void itRunsWhereItsPortAnswers() throws IOException {
        lock("up", Long.MAX_VALUE); // a process that has ended

        assertThat(state().endpoint())
                .hasValueSatisfying(it -> assertThat(it.getPort()).isEqualTo(localstack.getLocalPort()));
        assertThat(state().beingSetUpSince()).isEmpty();
    }

    @Test
    void aPortThatRefusesMeansNotRunning() throws IOException {
        localstack.close();

        assertThat(state().runs()).isFalse();
        assertThat(state().sentence()).isEqualTo("not running: ./vowcheck up");
    }

    @Test
    void aSystemWhosePortAnotherOneHasTakenDoesNotRun() throws IOException {
        Files.delete(folder.resolve("localstack.pid")); // stopped by `down`

        assertThat(state().sentence()).isEqualTo("not running: ./vowcheck up");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%d 1", "%d", "9223372036854775807 1"})
    void aSystemWhoseLocalStackHasCrashedDoesNotRunWhoeverHasItsPortAndPid(String pidFile) throws IOException {
        localstackIs(pidFile.formatted(process.pid()));

        assertThat(state().runs()).isFalse();
    }

    @Test
    void aSystemThatWasNeverStartedDoesNotRun() throws IOException {
        Files.delete(folder.resolve("port"));

        assertThat(state().sentence()).isEqualTo("not running: ./vowcheck up");
    }

    @Test
    void aSystemThatIsBeingStoppedDoesNotRun() throws IOException {
        lock("down", process.pid());

        assertThat(state().runs()).isFalse();
    }

    @Test
    void anUpThatIsAtWorkIsSaidWithItsBeginning() throws IOException {
        lock("up", process.pid());
        localstack.close();

        assertThat(state().sentence())
                .isEqualTo("not ready yet: ./vowcheck up is at work since " + RunState.onTheClock(begun));
    }

    @Test
    void anotherProcessWithTheNumberOfAnUpThatCrashedIsNotAtWork() throws IOException {
        Files.writeString(folder.resolve("lock"), "up 1764160000 " + process.pid() + "\n");

        assertThat(state().beingSetUpSince()).isEmpty();
    }

    private void localstackIs(String process) throws IOException {
        Files.writeString(folder.resolve("localstack.pid"), process + "\n");
    }

    private void lock(String command, long pid) throws IOException {
        Files.writeString(folder.resolve("lock"), "%s %d %d\n".formatted(command, begun.getEpochSecond(), pid));
    }

    private RunState state() {
        return RunState.of(new LocalFolder(folder));
    }
}
