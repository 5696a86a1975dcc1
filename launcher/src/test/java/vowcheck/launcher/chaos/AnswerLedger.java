package vowcheck.launcher.chaos;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Every answer with predictions that clients have received, by its request's id. Thread-safe.
final class AnswerLedger {

    private final Map<String, AnsweredRequest> answered = new LinkedHashMap<>();
    private final Set<String> unstored = new HashSet<>();

    /// Records an answer. Throws [AssertionError] when the request was answered differently before.
    synchronized void record(String requestId, AnsweredRequest answer) {
        var former = answered.putIfAbsent(requestId, answer);
        if (former == null) {
            unstored.add(requestId);
        } else if (!former.equals(answer)) {
            throw new AssertionError(
                    "request %s was answered with %s and now with %s".formatted(requestId, former, answer));
        }
    }

    /// The requests that were not yet found in the prediction log.
    synchronized Set<String> unstored() {
        return Set.copyOf(unstored);
    }

    /// Every request that was answered.
    synchronized Set<String> all() {
        return Set.copyOf(answered.keySet());
    }

    /// One of these, which only the random numbers and the order of the answers decide.
    synchronized Optional<String> any(RandomGenerator random) {
        return answered.isEmpty()
                ? Optional.empty()
                : answered.keySet().stream()
                        .skip(random.nextInt(answered.size()))
                        .findFirst();
    }

    /// How many predictions were answered.
    synchronized int predictions() {
        return answered.values().stream()
                .mapToInt(answer -> answer.probabilities().size())
                .sum();
    }

    /// Strikes out the requests that the prediction log has. Throws [AssertionError] when it has one of them otherwise
    /// than it was answered: with another probability, another version, a row too many or too few.
    synchronized void settle(Map<String, AnsweredRequest> logged) {
        var differing = new HashMap<>(logged);
        differing.entrySet().removeIf(entry -> entry.getValue().equals(answered.get(entry.getKey())));
        if (!differing.isEmpty()) {
            var id = differing.keySet().iterator().next();
            throw new AssertionError("request %s was answered with %s, and the prediction log has %s"
                    .formatted(id, answered.get(id), differing.get(id)));
        }
        unstored.removeAll(logged.keySet());
    }
}
