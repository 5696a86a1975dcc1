/// Secrets, read from AWS Secrets Manager when they are needed and kept out of logs and messages.
@NullMarked
package vowcheck.adapters.secrets;

import org.jspecify.annotations.NullMarked;
