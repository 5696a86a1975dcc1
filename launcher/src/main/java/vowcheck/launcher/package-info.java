/// What `./vowcheck` does with AWS's services once a stage is deployed: completing it, asking how it is, using
/// it. The shell script finds tools and starts processes; everything else is here.
@NullMarked
package vowcheck.launcher;

import org.jspecify.annotations.NullMarked;
