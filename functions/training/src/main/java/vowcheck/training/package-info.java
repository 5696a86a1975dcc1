/// Training: labelled rows become a bundle, which is fully checked before it is published. Tribuo and XGBoost's
/// native library run only here.
@NullMarked
package vowcheck.training;

import org.jspecify.annotations.NullMarked;
