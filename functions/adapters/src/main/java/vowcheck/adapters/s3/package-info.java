/// The model bucket: `production.json` at its root, bundles below `models/<version>/<manifest_sha256>/`, the training
/// workflow's objects below `training/`, and the JSON formats of these objects.
@NullMarked
package vowcheck.adapters.s3;

import org.jspecify.annotations.NullMarked;
