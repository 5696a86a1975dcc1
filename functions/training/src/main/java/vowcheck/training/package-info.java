/// Training: from labelled rows to a bundle that is checked in every way before it leaves. The only place where
/// Tribuo and XGBoost's native library run.
@NullMarked
package vowcheck.training;

import org.jspecify.annotations.NullMarked;
