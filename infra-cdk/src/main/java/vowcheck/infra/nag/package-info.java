/// The findings of cdk-nag that this project accepts.
@NullMarked
package vowcheck.infra.nag;

import org.jspecify.annotations.NullMarked;
