/// The names that the CDK app, the functions and the launcher must agree on: the local stage, context values of a
/// synthesis, stacks and their outputs, names of resources and containers, the functions' zips, keys of the model
/// bucket, the drift event. Each is written here once, and both sides use it.
@NullMarked
package vowcheck.adapters.deployment;

import org.jspecify.annotations.NullMarked;
