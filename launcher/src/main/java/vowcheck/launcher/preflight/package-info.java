/// Whether a stage can be deployed from this machine to the caller's account: what its templates need is compared with
/// what is there. Nothing is changed, and what may not be asked is said to be unknown.
@NullMarked
package vowcheck.launcher.preflight;

import org.jspecify.annotations.NullMarked;
