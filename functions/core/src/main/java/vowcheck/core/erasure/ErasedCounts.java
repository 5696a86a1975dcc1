package vowcheck.core.erasure;

/// How much an erasure has deleted.
///
/// @param predictions rows of applications
/// @param scoringRequests rows of whole requests
/// @param labelledRows rows to train on
/// @param unloggedObjects objects with predictions that waited to be stored
public record ErasedCounts(long predictions, long scoringRequests, long labelledRows, long unloggedObjects) {}
