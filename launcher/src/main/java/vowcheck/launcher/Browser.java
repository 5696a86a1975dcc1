package vowcheck.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Opens pages in the user's browser, if this machine has one.
public final class Browser {

    private final Map<String, String> environment;

    public Browser(Map<String, String> environment) {
        this.environment = environment;
    }

    /// Prints a page's address and login, and opens it. The browser asks for name and password: in the URL they would
    /// break the requests that the page itself makes.
    ///
    /// @param name who may log in there
    /// @param password where to find that person's password
    public void open(String url, String name, String password, PrintStream out) {
        out.printf("%-9s %s%n", "page", url);
        out.printf("%-9s %s%n", "name", name);
        out.printf("%-9s %s%n", "password", password);
        opener().ifPresentOrElse(
                        program -> start(program, url),
                        () -> out.println("there is no browser here: open the page yourself"));
    }

    /// The program that opens a URL: under WSL, Windows' browser; else the desktop's, if there is one.
    Optional<Path> opener() {
        var desktop = environment.containsKey("DISPLAY") || environment.containsKey("WAYLAND_DISPLAY");
        return Stream.of("wslview", "xdg-open")
                .filter(program -> desktop || program.equals("wslview"))
                .flatMap(program -> Arrays.stream(
                                environment.getOrDefault("PATH", "").split(":", -1))
                        .map(folder -> Path.of(folder, program)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static void start(Path program, String url) {
        try {
            new ProcessBuilder(program.toString(), url)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("the browser cannot be started", e);
        }
    }
}
