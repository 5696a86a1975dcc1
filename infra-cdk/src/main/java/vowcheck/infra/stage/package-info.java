/// What differs between the stages local, dev and prod. No construct asks for the name of its stage in order to
/// decide something: whatever differs is a setting here.
@NullMarked
package vowcheck.infra.stage;

import org.jspecify.annotations.NullMarked;
