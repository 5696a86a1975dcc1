/// The command line of `./vowcheck`: one class for each command, with its options and their descriptions, which are
/// also what `--help`, `launcher/usage/` and `docs/commands.md` say. A command checks its arguments before it starts
/// anything. What it does is in `vowcheck.launcher`.
@NullMarked
package vowcheck.launcher.command;

import org.jspecify.annotations.NullMarked;
