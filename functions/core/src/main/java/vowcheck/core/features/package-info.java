/// The ten features of an application: names, order, bounds, once for all. An [Application] is always complete
/// and within bounds.
@NullMarked
package vowcheck.core.features;

import org.jspecify.annotations.NullMarked;
