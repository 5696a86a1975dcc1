/// The features of an application: names, order, bounds, and since when they are required. An [Application] is
/// within bounds and has every feature that was always required.
@NullMarked
package vowcheck.core.features;

import org.jspecify.annotations.NullMarked;
