/// The rules of a fair training: how labelled rows are split in time, how a model is measured and its
/// probabilities are calibrated, and when a challenger replaces the champion. Models are compared on raw rows
/// only, and no row both fits a model and measures it.
@NullMarked
package vowcheck.core.training;

import org.jspecify.annotations.NullMarked;
