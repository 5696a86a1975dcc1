/// The search for a recipe: parameters of the trees that rank people better whom no model has seen. It sees the
/// training
/// rows alone, never those of the calibration and of the test.
@NullMarked
package vowcheck.training.search;

import org.jspecify.annotations.NullMarked;
