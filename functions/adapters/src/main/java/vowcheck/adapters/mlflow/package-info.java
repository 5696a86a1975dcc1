/// MLflow: runs of the experiment `divorce`, and versions of the registered model. MLflow's own client makes all
/// calls that it has methods for; artifacts and DELETE go over HTTP directly. Keys, tags and statuses of MLflow
/// occur in this package only.
@NullMarked
package vowcheck.adapters.mlflow;

import org.jspecify.annotations.NullMarked;
