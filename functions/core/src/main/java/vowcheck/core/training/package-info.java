/// What training needs to be fair: the labelled rows, how they are split in time, how a model is measured
/// and how its probabilities are calibrated, and the rule by which a challenger takes a champion's place.
/// Models are compared on raw rows only; no row both fits a model and measures it.
@NullMarked
package vowcheck.core.training;

import org.jspecify.annotations.NullMarked;
