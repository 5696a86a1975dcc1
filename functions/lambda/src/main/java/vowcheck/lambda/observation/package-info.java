/// Logs and metrics of the functions: one JSON object per line. No line contains an applicant's data, a body, a name
/// or a password.
@NullMarked
package vowcheck.lambda.observation;

import org.jspecify.annotations.NullMarked;
