/// The model bucket: `production.json` at its root, bundles below `models/<version>/`.
@NullMarked
package vowcheck.adapters.s3;

import org.jspecify.annotations.NullMarked;
