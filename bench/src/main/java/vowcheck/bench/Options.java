package vowcheck.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The arguments of `./vowcheck bench`.
///
/// @param parts what is measured, serving unless others are named
/// @param effort less with `--quick`
/// @param large whether trainings have ten million rows as well, with `--large`
/// @param former a former run's file, after `--compare`
/// @param java options for the functions' JVMs, after each `--java`
record Options(Set<BenchPart> parts, Effort effort, boolean large, Optional<Path> former, List<String> java) {

    /// What ten million rows may take in addition.
    private static final Duration LARGE = Duration.ofMinutes(75);

    Options {
        parts = Collections.unmodifiableSet(EnumSet.copyOf(parts));
        java = List.copyOf(java);
    }

    /// Parses arguments; throws [IllegalArgumentException], which names the wrong one.
    static Options of(List<String> arguments) {
        var parts = EnumSet.noneOf(BenchPart.class);
        var effort = Effort.FULL;
        boolean large = false;
        Optional<Path> former = Optional.empty();
        List<String> java = new ArrayList<>();
        for (var rest = arguments.iterator(); rest.hasNext(); ) {
            var argument = rest.next();
            switch (argument) {
                case "--quick" -> effort = Effort.QUICK;
                case "--large" -> large = true;
                case "--compare" -> former = Optional.of(file(value(rest, argument)));
                case "--java" -> java.addAll(Arrays.asList(value(rest, argument).split(" ")));
                default -> parts.add(part(argument));
            }
        }
        return new Options(parts.isEmpty() ? EnumSet.of(BenchPart.SERVING) : parts, effort, large, former, java);
    }

    /// The time after which the run is ended.
    Duration limit() {
        var limit = parts.stream().map(BenchPart::limit).reduce(Duration.ZERO, Duration::plus);
        return large ? limit.plus(LARGE) : limit;
    }

    private static BenchPart part(String name) {
        return BenchPart.named(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "bench takes parts (%s), --quick, --large, --compare FILE and --java OPTIONS, got '%s'"
                                .formatted(BenchPart.inWords(), name)));
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
