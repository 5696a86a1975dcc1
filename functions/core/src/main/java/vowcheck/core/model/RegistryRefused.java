package vowcheck.core.model;

/// The registry answered and refused: it lacks the thing that was asked for, or has another one in its place. The
/// same call fails again until somebody changes the registry. The message is one sentence.
public class RegistryRefused extends RuntimeException {

    public RegistryRefused(String message) {
        super(message);
    }

    public RegistryRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
