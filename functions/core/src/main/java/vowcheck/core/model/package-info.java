/// A trained model as it serves: its trees, its calibration and the manifest that says where it comes from. A
/// model that was built is usable: what is inconsistent is refused with [vowcheck.core.model.UnusableModel]
/// when it is read.
@NullMarked
package vowcheck.core.model;

import org.jspecify.annotations.NullMarked;
