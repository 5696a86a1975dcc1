/// The MLflow server.
@NullMarked
package vowcheck.infra.mlflow;

import org.jspecify.annotations.NullMarked;
