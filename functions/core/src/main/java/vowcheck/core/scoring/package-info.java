/// Scoring applications with the model in production. A probability that was answered is stored: [Scoring]
/// answers only after a [PredictionLog] or, failing that, [UnloggedPredictions] took the rows.
@NullMarked
package vowcheck.core.scoring;

import org.jspecify.annotations.NullMarked;
