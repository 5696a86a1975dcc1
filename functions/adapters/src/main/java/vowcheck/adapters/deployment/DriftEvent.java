package vowcheck.adapters.deployment;

/// The event on the default bus that starts a training. Its detail is the training workflow's input, and names
/// the stage: stages of one account share the bus.
public final class DriftEvent {
    /// The event's source.
    public static final String SOURCE = "vowcheck";

    /// The event's detail type.
    public static final String DETAIL_TYPE = "DriftDetected";

    /// The field of the detail with the stage's name.
    public static final String STAGE = "stage";

    private DriftEvent() {}
}
