/// JSON documents: read strictly, written in a fixed order. Each document's fields belong to the package that owns
/// it.
@NullMarked
package vowcheck.adapters.json;

import org.jspecify.annotations.NullMarked;
