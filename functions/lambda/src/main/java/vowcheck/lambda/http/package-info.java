/// The HTTP edge: API Gateway's proxy events, and the one place that maps exceptions to statuses.
@NullMarked
package vowcheck.lambda.http;

import org.jspecify.annotations.NullMarked;
