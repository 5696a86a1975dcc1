/// The commands of `./vowcheck` once everything is built: it deploys the local stage, makes it ready to serve, shows
/// its state and uses it. The shell script only finds programs and starts them.
@NullMarked
package vowcheck.launcher;

import org.jspecify.annotations.NullMarked;
