package vowcheck.core.training;

import java.time.Instant;
import java.time.LocalDate;

/// What is known of a training when its run is started in the tracker.
///
/// @param cutoff rows of this day and later are left out
/// @param execution name of the workflow's execution that trains
/// @param reason why it was started, such as `monthly` or `replay`
/// @param author who started it: an operator, or the program
/// @param begun when the training began: its run is started once there is something to record
public record RunStart(LocalDate cutoff, String execution, String reason, String author, Instant begun) {}
