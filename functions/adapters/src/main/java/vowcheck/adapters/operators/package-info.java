/// The people who operate or audit the system: names, roles and salted password hashes, kept in one secret.
@NullMarked
package vowcheck.adapters.operators;

import org.jspecify.annotations.NullMarked;
