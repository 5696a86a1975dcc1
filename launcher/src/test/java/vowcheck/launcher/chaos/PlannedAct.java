package vowcheck.launcher.chaos;

/// An act of the walk and what is tried after it.
///
/// @param cutoff of the training that follows, if the act could hurt one
record PlannedAct(Act act, String cutoff) {}
