/// What a function or a task is told from outside: the names of its environment variables and their types.
@NullMarked
package vowcheck.adapters.settings;

import org.jspecify.annotations.NullMarked;
