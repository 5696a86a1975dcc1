/// The API's OpenAPI document and the page that shows it. The page works offline: all files that it loads are served
/// from here, and its Content-Security-Policy forbids loading others.
@NullMarked
package vowcheck.lambda.documentation;

import org.jspecify.annotations.NullMarked;
