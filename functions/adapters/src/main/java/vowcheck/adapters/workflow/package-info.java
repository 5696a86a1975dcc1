/// What the training workflow and the drift check call on AWS: executions, the scoring function, events.
@NullMarked
package vowcheck.adapters.workflow;

import org.jspecify.annotations.NullMarked;
