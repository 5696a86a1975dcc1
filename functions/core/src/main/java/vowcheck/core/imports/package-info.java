/// Labelled rows that come in with files: what a row is, and how all rows of a file are loaded or none. What a
/// value may be is the training's rule.
@NullMarked
package vowcheck.core.imports;

import org.jspecify.annotations.NullMarked;
