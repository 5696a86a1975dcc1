/// The queue that takes predictions while PostgreSQL is out of reach. A message is a scored request, or, where
/// that is too large for a message, the key of an object in the model bucket that holds it.
@NullMarked
package vowcheck.adapters.sqs;

import org.jspecify.annotations.NullMarked;
