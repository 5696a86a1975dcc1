/// The people who operate the system: their names, salted password hashes, kept in one secret.
@NullMarked
package vowcheck.adapters.operators;

import org.jspecify.annotations.NullMarked;
