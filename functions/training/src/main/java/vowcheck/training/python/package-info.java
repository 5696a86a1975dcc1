/// A model as MLflow's Python client loads it: the files that stand beside a bundle's own in a run's model folder. They
/// follow from the bundle, and nothing here reads them: what serves is the bundle.
@NullMarked
package vowcheck.training.python;

import org.jspecify.annotations.NullMarked;
