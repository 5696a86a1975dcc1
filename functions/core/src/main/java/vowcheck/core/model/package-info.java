/// A trained model as it serves: its features, its trees, its calibration, and the manifest that records its
/// origin. A model that exists can be used: an inconsistent one is refused with
/// [vowcheck.core.model.UnusableModel] when it is read.
@NullMarked
package vowcheck.core.model;

import org.jspecify.annotations.NullMarked;
