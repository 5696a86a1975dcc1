/// What clerks are told about a score: the features that moved it most, each with a stable code and one plain
/// sentence. A sentence names what the feature means and which way it moved the model's estimate; it never
/// claims a cause.
@NullMarked
package vowcheck.core.reasons;

import org.jspecify.annotations.NullMarked;
