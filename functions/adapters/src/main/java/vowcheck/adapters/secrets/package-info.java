/// Secrets and credentials. They are read from AWS Secrets Manager when they are needed, and never logged.
@NullMarked
package vowcheck.adapters.secrets;

import org.jspecify.annotations.NullMarked;
