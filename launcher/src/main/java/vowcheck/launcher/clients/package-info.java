/// The API keys of a stage's clients, as people make and end them. A client's secret says which keys it has; API
/// Gateway's keys, and the object from which the functions read the ends, are made from the secrets.
@NullMarked
package vowcheck.launcher.clients;

import org.jspecify.annotations.NullMarked;
