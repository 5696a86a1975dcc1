package vowcheck.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// A part of the benchmark that can be run without the others.
enum BenchPart {
    /// Warm environments, one and eight side by side, and storing on its own.
    SERVING(Duration.ofMinutes(6)),

    /// The first answers of new environments.
    COLD(Duration.ofMinutes(5)),

    /// Reading, scoring and explaining, without I/O.
    MICRO(Duration.ofMinutes(4)),

    /// Trainings beside XGBoost alone.
    TRAINING(Duration.ofMinutes(15));

    private final Duration limit;

    BenchPart(Duration limit) {
        this.limit = limit;
    }

    static Optional<BenchPart> named(String name) {
        return Arrays.stream(values())
                .filter(part -> part.argument().equals(name))
                .findFirst();
    }

    /// All of them, as a sentence lists them.
    static String inWords() {
        return Arrays.stream(values()).map(BenchPart::argument).collect(Collectors.joining(", "));
    }

    String argument() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The part is ended when it takes longer; on a machine that works, it takes about two thirds of this.
    Duration limit() {
        return limit;
    }
}
