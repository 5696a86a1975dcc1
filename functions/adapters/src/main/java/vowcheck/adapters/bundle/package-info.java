/// Model bundles: a model file and its manifest. A bundle that was opened is whole: the manifest names the hash
/// of the very bytes that were read.
@NullMarked
package vowcheck.adapters.bundle;

import org.jspecify.annotations.NullMarked;
