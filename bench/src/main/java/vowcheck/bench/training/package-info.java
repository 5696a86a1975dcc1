/// Trainings that the bench measures, each in a JVM of its own.
@NullMarked
package vowcheck.bench.training;

import org.jspecify.annotations.NullMarked;
