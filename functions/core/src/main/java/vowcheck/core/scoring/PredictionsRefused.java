package vowcheck.core.scoring;

/// The log answered and refused rows: they are at fault themselves, so the same call fails again.
public final class PredictionsRefused extends RuntimeException {

    public PredictionsRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
