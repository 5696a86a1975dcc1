/// Whether today's applications still resemble the rows that the production model was made with. The applications
/// that were logged since are counted in the bins that were frozen at training, which gives one index for each
/// feature. A check has one of three results: too few rows, stable, or drifted.
@NullMarked
package vowcheck.core.drift;

import org.jspecify.annotations.NullMarked;
