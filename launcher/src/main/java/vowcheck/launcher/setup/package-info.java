/// What `./vowcheck` does before anything is built: it checks the machine, installs the tools and runs Maven. It runs
/// from source, so it uses nothing but the JDK.
@NullMarked
package vowcheck.launcher.setup;

import org.jspecify.annotations.NullMarked;
