/// The import: labelled rows of a file are checked and loaded, all of them or none. A reader for each format gives
/// the rows to one place that checks them; what is refused is named by line and column, and never by its value.
@NullMarked
package vowcheck.training.imports;

import org.jspecify.annotations.NullMarked;
