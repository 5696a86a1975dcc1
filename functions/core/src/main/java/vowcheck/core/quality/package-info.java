/// What labelled rows look like that an import or a training reads: figures that tell people what came in,
/// and compare it with the rows of the model that serves. No figure is a value of a feature.
@NullMarked
package vowcheck.core.quality;

import org.jspecify.annotations.NullMarked;
