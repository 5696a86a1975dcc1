package vowcheck.launcher.chaos;

import java.util.List;

/// What a client was answered, and what the prediction log must have of it.
///
/// @param modelVersion the version that answered
/// @param probabilities in the order of the instances
record AnsweredRequest(String modelVersion, List<Double> probabilities) {}
