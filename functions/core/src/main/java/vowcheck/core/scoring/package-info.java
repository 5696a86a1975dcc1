/// Scoring applications with the model in production. Every probability that is answered is stored first: by a
/// [PredictionLog] or, while that is out of reach, by [UnloggedPredictions].
@NullMarked
package vowcheck.core.scoring;

import org.jspecify.annotations.NullMarked;
