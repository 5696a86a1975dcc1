/// Whether the parts on which predictions depend work at this moment. A check changes nothing, takes a few seconds at
/// most, and shares nothing with what serves.
@NullMarked
package vowcheck.core.readiness;

import org.jspecify.annotations.NullMarked;
