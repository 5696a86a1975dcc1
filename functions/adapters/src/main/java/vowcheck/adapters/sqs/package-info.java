/// The queue for predictions while PostgreSQL is out of reach. A message contains a scored request or, if that is too
/// large for a message, the key of an object in the model bucket that contains it.
@NullMarked
package vowcheck.adapters.sqs;

import org.jspecify.annotations.NullMarked;
