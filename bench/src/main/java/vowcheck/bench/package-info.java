/// Measures what one environment of the scoring function does: the deployment zip in a JVM as AWS starts it, a
/// Runtime API that hands it events, a durable PostgreSQL. Clocks are read here and nowhere judged: a figure
/// belongs to its machine.
@NullMarked
package vowcheck.bench;

import org.jspecify.annotations.NullMarked;
