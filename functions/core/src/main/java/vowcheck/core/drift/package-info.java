/// Whether the applications of today still look like the rows that the model in production knows: bins that
/// were frozen at training, counts of what was logged since, and one index for each feature. Too few rows,
/// stable and drifted are three answers.
@NullMarked
package vowcheck.core.drift;

import org.jspecify.annotations.NullMarked;
