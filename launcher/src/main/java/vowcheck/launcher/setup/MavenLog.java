package vowcheck.launcher.setup;

import java.nio.file.Path;
import java.util.regex.Pattern;

/// What Maven's output says about its progress.
final class MavenLog {

    private static final Pattern MODULE = Pattern.compile("\\[INFO] Building .*\\[\\d+/(?<modules>\\d+)]");
    private static final Pattern DOWNLOADED = Pattern.compile("Downloaded from .*\\((?<size>[0-9.]+) (?<unit>[kMG]?B)");

    private MavenLog() {}

    /// Such as `module 3 of 6, 124 MB downloaded`; empty if it says nothing yet.
    static String progress(Path log) {
        var text = LoggedCommands.read(log);
        var modules = MODULE.matcher(text).results().toList();
        double megabytes = DOWNLOADED
                .matcher(text)
                .results()
                .mapToDouble(it -> Double.parseDouble(it.group("size")) * megabytes(it.group("unit")))
                .sum();
        var module = modules.isEmpty()
                ? ""
                : "module %d of %s".formatted(modules.size(), modules.getLast().group("modules"));
        if (megabytes < 1) {
            return module;
        }
        return (module.isEmpty() ? "" : module + ", ") + "%.0f MB downloaded".formatted(megabytes);
    }

    private static double megabytes(String unit) {
        return switch (unit.charAt(0)) {
            case 'k' -> 1e-3;
            case 'M' -> 1;
            case 'G' -> 1e3;
            default -> 1e-6;
        };
    }
}
