/// The HTTP edge: the API's routes, API Gateway's proxy events, the bodies of requests, and the only place that maps
/// exceptions to statuses.
@NullMarked
package vowcheck.lambda.http;

import org.jspecify.annotations.NullMarked;
