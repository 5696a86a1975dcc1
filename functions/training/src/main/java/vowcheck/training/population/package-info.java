/// The synthetic population: a stand-in for the real labelled rows, which cannot be shipped. Whatever shows or
/// stores it calls it synthetic.
@NullMarked
package vowcheck.training.population;

import org.jspecify.annotations.NullMarked;
