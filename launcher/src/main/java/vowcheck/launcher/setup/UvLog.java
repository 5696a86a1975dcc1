package vowcheck.launcher.setup;

import java.nio.file.Path;
import java.util.regex.Pattern;

/// What uv's output says about its downloads; small ones it does not mention.
final class UvLog {

    private static final Pattern BEGUN =
            Pattern.compile("Downloading (?<name>\\S+) \\((?<size>[0-9.]+)(?<unit>[KMG]iB)\\)");
    private static final Pattern ENDED = Pattern.compile(" Downloaded (?<name>\\S+)");

    private UvLog() {}

    /// Such as `61 of 143 MB downloaded`; empty if nothing is.
    static String downloaded(Path log) {
        double whole = 0;
        double arrived = 0;
        var text = LoggedCommands.read(log);
        for (var begun = BEGUN.matcher(text); begun.find(); ) {
            double size = Double.parseDouble(begun.group("size")) * megabytes(begun.group("unit"));
            whole += size;
            if (ended(text, begun.group("name"))) {
                arrived += size;
            }
        }
        return whole == 0 ? "" : "%.0f of %.0f MB downloaded".formatted(arrived, whole);
    }

    private static boolean ended(String text, String name) {
        return ENDED.matcher(text).results().anyMatch(it -> it.group("name").equals(name));
    }

    private static double megabytes(String unit) {
        return switch (unit.charAt(0)) {
            case 'K' -> 1024 / 1e6;
            case 'M' -> 1024 * 1024 / 1e6;
            default -> 1024 * 1024 * 1024 / 1e6;
        };
    }
}
