package vowcheck.core.scoring;

import java.time.Duration;
import java.util.List;

/// What the shadow did for one request.
///
/// @param scores one for each application, in order; empty unless the state is [State#SCORED]
/// @param time that the scoring took
public record ShadowRun(State state, List<ShadowScore> scores, Duration time) {

    /// No model is the shadow.
    public static final ShadowRun OFF = without(State.OFF);

    public ShadowRun {
        scores = List.copyOf(scores);
    }

    static ShadowRun without(State state) {
        return new ShadowRun(state, List.of(), Duration.ZERO);
    }

    /// Whether the shadow has scored the request, and if not, why.
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
