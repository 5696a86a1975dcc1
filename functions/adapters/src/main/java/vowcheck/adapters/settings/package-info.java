/// The configuration of functions and tasks: the names of their environment variables, and their types.
@NullMarked
package vowcheck.adapters.settings;

import org.jspecify.annotations.NullMarked;
