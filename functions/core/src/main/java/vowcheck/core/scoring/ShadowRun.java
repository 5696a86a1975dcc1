package vowcheck.core.scoring;

import java.time.Duration;
import java.util.List;

/// What came of the shadow in one request.
///
/// @param scores one for each application, in order; none unless it has scored them
/// @param time that it took
public record ShadowRun(State state, List<ShadowScore> scores, Duration time) {

    /// No model is the shadow.
    public static final ShadowRun OFF = without(State.OFF);

    public ShadowRun {
        scores = List.copyOf(scores);
    }

    static ShadowRun without(State state) {
        return new ShadowRun(state, List.of(), Duration.ZERO);
    }

    /// How far the shadow came.
    public enum State {
        /// No model is the shadow.
        OFF,
        /// Its bundle is being read for the first time.
        LOADING,
        /// It has scored the request's applications.
        SCORED,
        /// It cannot be used, failed, or took too long.
        FAILED
    }
}
