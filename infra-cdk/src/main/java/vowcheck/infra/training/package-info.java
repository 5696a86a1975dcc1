/// The training workflow, its container task and its replay.
@NullMarked
package vowcheck.infra.training;

import org.jspecify.annotations.NullMarked;
