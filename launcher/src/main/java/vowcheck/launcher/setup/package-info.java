/// The first half of `./vowcheck`, before anything is built: it checks the machine, installs the tools and runs Maven.
/// It runs from source without a class path, so it uses only the JDK.
@NullMarked
package vowcheck.launcher.setup;

import org.jspecify.annotations.NullMarked;
