package vowcheck.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// The options of `./vowcheck bench`.
///
/// @param effort less with `--quick`
/// @param former a former run's file, after `--compare`
/// @param java options for the function's JVM, after each `--java`
record Options(Effort effort, Optional<Path> former, List<String> java) {

    Options {
        java = List.copyOf(java);
    }

    /// Parses arguments; throws [IllegalArgumentException], which names the wrong one.
    static Options of(List<String> arguments) {
        var effort = Effort.FULL;
        Optional<Path> former = Optional.empty();
        List<String> java = new ArrayList<>();
        for (var rest = arguments.iterator(); rest.hasNext(); ) {
            var argument = rest.next();
            switch (argument) {
                case "--quick" -> effort = Effort.QUICK;
                case "--compare" -> former = Optional.of(file(value(rest, argument)));
                case "--java" -> java.addAll(Arrays.asList(value(rest, argument).split(" ")));
                default ->
                    throw new IllegalArgumentException(
                            "bench takes --quick, --compare FILE and --java OPTIONS, got '%s'".formatted(argument));
            }
        }
        return new Options(effort, former, java);
    }

    private static String value(Iterator<String> rest, String option) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " has no value, expected one after it");
        }
        return rest.next();
    }

    private static Path file(String name) {
        var file = Path.of(name);
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("--compare names %s, expected the file of a former run".formatted(name));
        }
        return file;
    }
}
