/// The names that the CDK app, the functions and the launcher must agree on: stacks and their outputs, names of
/// resources, the functions' zips, keys of the model bucket, the drift event. Each is written here once, and both sides
/// use it.
@NullMarked
package vowcheck.adapters.deployment;

import org.jspecify.annotations.NullMarked;
