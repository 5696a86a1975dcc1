/// The API's OpenAPI document and the page that shows it. The page works offline: everything that it loads is
/// served from here, and its Content-Security-Policy forbids the rest.
@NullMarked
package vowcheck.lambda.documentation;

import org.jspecify.annotations.NullMarked;
