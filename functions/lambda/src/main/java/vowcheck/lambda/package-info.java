/// The entry points of the functions: a handler reads its event, calls one use case and writes the answer.
@NullMarked
package vowcheck.lambda;

import org.jspecify.annotations.NullMarked;
