/// Clients of AWS services, made once per process. The SDK reads region, credentials and endpoints from the
/// environment, on AWS and locally.
@NullMarked
package vowcheck.adapters.aws;

import org.jspecify.annotations.NullMarked;
