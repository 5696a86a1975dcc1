/// Clients of AWS services, made once in a process. The SDK finds region, credentials and endpoints in the
/// environment, on AWS and on one machine alike.
@NullMarked
package vowcheck.adapters.aws;

import org.jspecify.annotations.NullMarked;
