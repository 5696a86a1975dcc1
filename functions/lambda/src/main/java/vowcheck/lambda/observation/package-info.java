/// What the functions tell of themselves: one JSON object a line of the log, and metrics among them. No line holds
/// an applicant's data, a body, a name or a password.
@NullMarked
package vowcheck.lambda.observation;

import org.jspecify.annotations.NullMarked;
