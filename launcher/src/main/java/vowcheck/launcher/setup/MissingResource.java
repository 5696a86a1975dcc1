package vowcheck.launcher.setup;

/// A command that failed for want of disk space, of the network or of a file that is what it should be: another program
/// in its place would fail as well.
final class MissingResource extends CommandFailed {

    MissingResource(String message) {
        super(message);
    }
}
