/// Measures environments of the scoring function: the deployment zip in JVMs started as on AWS, a Runtime API that
/// passes events to it, a durable PostgreSQL. No test asserts a duration: a figure is valid only for the machine it was
/// measured on.
@NullMarked
package vowcheck.bench;

import org.jspecify.annotations.NullMarked;
