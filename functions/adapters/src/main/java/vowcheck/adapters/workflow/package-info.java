/// The AWS services that the training workflow and the drift check call: Step Functions, Lambda and EventBridge.
@NullMarked
package vowcheck.adapters.workflow;

import org.jspecify.annotations.NullMarked;
