/// What a run in MLflow shows people about its model: two charts with their figures, the importance of the features,
/// and the model card. All of it follows from the bundle and the test rows; no program reads it.
@NullMarked
package vowcheck.training.evaluation;

import org.jspecify.annotations.NullMarked;
