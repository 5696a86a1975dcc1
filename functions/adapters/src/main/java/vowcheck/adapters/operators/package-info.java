/// The people who operate or audit the system: names, roles and salted password hashes, in one secret.
@NullMarked
package vowcheck.adapters.operators;

import org.jspecify.annotations.NullMarked;
