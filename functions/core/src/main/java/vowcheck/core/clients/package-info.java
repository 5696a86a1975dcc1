/// The programs that call the API, and their API keys. Predictions belong to a client, whichever of its keys they were
/// made with.
@NullMarked
package vowcheck.core.clients;

import org.jspecify.annotations.NullMarked;
