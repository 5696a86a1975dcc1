/// MLflow over its REST API: runs of the experiment `divorce` and versions of the registered model. The
/// official client weighs half the functions' zip and knows neither aliases nor artifacts, so HTTP is
/// spoken directly.
@NullMarked
package vowcheck.adapters.mlflow;

import org.jspecify.annotations.NullMarked;
