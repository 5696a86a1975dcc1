package vowcheck.core.workflow;

import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/// The input of a training.
///
/// @param cutoff rows of this day and later are left out
/// @param reason why it was started, such as `manual`, `monthly`, `drift` or `replay`
/// @param opponent what its challenger is compared with
/// @param search how long it searches for a recipe
/// @param author who started it: an operator, or the program
/// @param replay the replay that it belongs to; empty where it belongs to none
public record TrainingRequest(
        LocalDate cutoff,
        String reason,
        Opponent opponent,
        SearchBudget search,
        String author,
        Optional<Execution> replay) {

    /// The author of what no person has started.
    public static final String PROGRAM = "vowcheck";

    /// What a challenger is compared with.
    public enum Opponent {
        /// The model in production, if there is one.
        PRODUCTION,
        /// None: the training is the first of a replay.
        NONE
    }

    /// The reason of a training that drift started.
    public static final String DRIFT = "drift";

    /// The reason of a training of a replay.
    public static final String REPLAY = "replay";

    private static final String MANUAL = "manual";

    /// One with the default recipe that the program has started, and no replay.
    public TrainingRequest(LocalDate cutoff, String reason, Opponent opponent) {
        this(cutoff, reason, opponent, new SearchBudget.None(), PROGRAM, Optional.empty());
    }

    /// The request in an execution's input. The defaults are today in UTC and `manual`. Throws [InvalidCutoff] for
    /// a cutoff that is not a date, or lies after UTC's tomorrow: east of UTC, tomorrow is somebody's today.
    public static TrainingRequest of(Optional<String> cutoff, Optional<String> reason, InstantSource clock) {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        var day = cutoff.map(TrainingRequest::parsed).orElse(today);
        var latest = today.plusDays(1);
        if (day.isAfter(latest)) {
            throw new InvalidCutoff("the cutoff %s lies in the future, expected at most %s, which is tomorrow in UTC"
                    .formatted(day, latest));
        }
        return new TrainingRequest(day, reason.filter(it -> !it.isBlank()).orElse(MANUAL), Opponent.PRODUCTION);
    }

    /// Whether drift started the training. Only new labelled rows can answer drift.
    public boolean isBecauseOfDrift() {
        return reason.equals(DRIFT);
    }

    private static LocalDate parsed(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new InvalidCutoff("the cutoff is '%s', expected a date such as 2025-05-01".formatted(text));
        }
    }
}
