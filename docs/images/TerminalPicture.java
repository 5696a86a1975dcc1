import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Draws the README's picture: runs the commands below on the local system and prints a terminal with their real output
/// as SVG. Run it in the root of the repository, right after the first `./vowcheck up`:
///
///     java docs/images/TerminalPicture.java > docs/images/prediction.svg
public final class TerminalPicture {

    /// Defines the variables that the README's examples use.
    private static final String VARIABLES =
            """
            status=$(./vowcheck status --json)
            url=$(jq -r .api_url <<<"$status") key=$(jq -r .api_key <<<"$status")
            """;

    private static final List<String> COMMANDS = List.of(
            "./vowcheck predict events/request_1.json",
            """
            curl -s -H "x-api-key: $key" -H 'Content-Type: application/json' -d @events/request_1.json \\
                "$url/predict?explain=true" | jq -r '.explanation.reasons[] | "\\(.contribution)  \\(.text)"'""",
            "./vowcheck predict events/request_drift.json | jq '.probabilities | length'",
            "./vowcheck drift --json | jq -c '{verdict, rows, drifted_features, Age_Days: .psi.Age_Days}'");

    private static final int MARGIN = 24;
    private static final int TITLE_BAR = 40;
    private static final int LINE_HEIGHT = 22;
    private static final double CHARACTER_WIDTH = 8.4;

    private record Line(String text, String style) {}

    private TerminalPicture() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var lines = new ArrayList<Line>();
        for (var command : COMMANDS) {
            if (!lines.isEmpty()) {
                lines.add(new Line("", "output"));
            }
            ("$ " + command).lines().forEach(text -> lines.add(new Line(text, "command")));
            run(command).lines().forEach(text -> lines.add(new Line(text, "output")));
        }
        new PrintStream(System.out, true, StandardCharsets.UTF_8).print(picture(lines));
    }

    private static String run(String command) throws IOException, InterruptedException {
        var process = new ProcessBuilder("bash", "-c", "set -euo pipefail\n" + VARIABLES + command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("failed with exit code %d: %s".formatted(process.exitValue(), command));
        }
        return output;
    }

    private static String picture(List<Line> lines) {
        int columns = lines.stream().mapToInt(line -> line.text().length()).max().orElseThrow();
        long width = Math.round(columns * CHARACTER_WIDTH) + 2 * MARGIN;
        int height = TITLE_BAR + lines.size() * LINE_HEIGHT + MARGIN;
        var svg = new StringBuilder(
                """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" role="img">
                <title>A terminal: a prediction, its reasons, a batch of 1001 applications and the drift check</title>
                <style>
                text { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; white-space: pre }
                .command { fill: #7ee787 }
                .output { fill: #e6edf3 }
                </style>
                <rect x="0.5" y="0.5" width="%3$d" height="%4$d" rx="10" fill="#161b22" stroke="#6e7681"/>
                <circle cx="24" cy="20" r="6" fill="#ff5f56"/>
                <circle cx="44" cy="20" r="6" fill="#ffbd2e"/>
                <circle cx="64" cy="20" r="6" fill="#27c93f"/>
                """
                        .formatted(width, height, width - 1, height - 1));
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            if (!line.text().isEmpty()) {
                // A fixed length keeps columns aligned whatever monospaced font the viewer has.
                svg.append("<text class=\"%s\" x=\"%d\" y=\"%d\" textLength=\"%d\" xml:space=\"preserve\">%s</text>%n"
                        .formatted(
                                line.style(),
                                MARGIN,
                                TITLE_BAR + (i + 1) * LINE_HEIGHT - 6,
                                Math.round(line.text().length() * CHARACTER_WIDTH),
                                escaped(line.text())));
            }
        }
        return svg.append("</svg>\n").toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
