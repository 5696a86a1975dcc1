package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrowserTest {

    private static final String URL = "http://abc.execute-api.localhost:4566/v1/mlflow/";

    @TempDir
    private Path folder;

    @BeforeEach
    void aMachineWithADesktopsOpener() throws IOException {
        program("xdg-open");
    }

    @Test
    void onADesktopItsBrowserIsUsed() {
        assertThat(browser("DISPLAY", ":0").opener()).contains(folder.resolve("xdg-open"));
        assertThat(browser("WAYLAND_DISPLAY", "wayland-0").opener()).isPresent();
    }

    @Test
    void withoutADesktopThereIsNone() {
        assertThat(browser("TERM", "xterm").opener()).isEmpty();
    }

    @Test
    void windowsBrowserTakesPrecedence() throws IOException {
        program("wslview");

        assertThat(browser("DISPLAY", ":0").opener()).contains(folder.resolve("wslview"));
    }

    @Test
    void theUrlTheUserAndThePlaceOfThePasswordArePrinted() {
        var out = new ByteArrayOutputStream();

        browser("TERM", "xterm").open(URL, "ada", "where it is", new PrintStream(out, true, StandardCharsets.UTF_8));

        assertThat(out.toString(StandardCharsets.UTF_8)).contains(URL, "ada", "where it is", "no browser here");
    }

    private Browser browser(String name, String value) {
        return new Browser(Map.of("PATH", folder.toString(), name, value));
    }

    private void program(String name) throws IOException {
        Files.createFile(
                folder.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }
}
