/// JMH benchmarks of single parts: a class for each part, a method for each figure.
@NullMarked
package vowcheck.bench.micro;

import org.jspecify.annotations.NullMarked;
