/// Model bundles: a model file and its manifest. An open bundle is complete and undamaged: the manifest states the
/// hash of the bytes that were read.
@NullMarked
package vowcheck.adapters.bundle;

import org.jspecify.annotations.NullMarked;
