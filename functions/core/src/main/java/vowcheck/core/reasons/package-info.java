/// The explanation of a score for clerks: the features that moved it most, each with a stable code and one plain
/// sentence. A sentence says what the feature means and whether it raised or lowered the model's estimate; it never
/// claims a cause.
@NullMarked
package vowcheck.core.reasons;

import org.jspecify.annotations.NullMarked;
