/// The JSON documents of the system, read strictly and written in a stable order. Requests are read as a stream;
/// small documents as trees.
@NullMarked
package vowcheck.adapters.json;

import org.jspecify.annotations.NullMarked;
