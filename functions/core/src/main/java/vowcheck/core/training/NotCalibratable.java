package vowcheck.core.training;

/// Raw log-odds to which no calibration with a positive slope can be fitted: they rank the rows in reverse, or not
/// at all.
public final class NotCalibratable extends RuntimeException {

    public NotCalibratable(String message) {
        super(message);
    }
}
