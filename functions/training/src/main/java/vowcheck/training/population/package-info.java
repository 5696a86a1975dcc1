/// The synthetic population: a substitute for the real labelled rows, which cannot be shipped. Every display and
/// table of it says that it is synthetic.
@NullMarked
package vowcheck.training.population;

import org.jspecify.annotations.NullMarked;
