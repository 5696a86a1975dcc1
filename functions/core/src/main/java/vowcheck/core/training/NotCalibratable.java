package vowcheck.core.training;

/// Raw log-odds from which no calibration with a positive slope can be fitted: they do not rank the rows at
/// all, or the wrong way round.
public final class NotCalibratable extends RuntimeException {

    public NotCalibratable(String message) {
        super(message);
    }
}
