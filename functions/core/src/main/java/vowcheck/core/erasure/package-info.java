/// Erasing what is stored about a person (GDPR, article 17): by the loan that an application was for, or a whole
/// request by its id. What cannot be reached at once is left out when it arrives, by a tombstone, which names
/// nobody.
@NullMarked
package vowcheck.core.erasure;

import org.jspecify.annotations.NullMarked;
