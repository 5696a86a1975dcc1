package vowcheck.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Calls that were not answered as expected, by what was called. They have no part in the figures, and end no run: a
/// slow disk must not cost the figures of everything else.
final class Refusals {

    private static final int MOST_SHOWN_CHARACTERS = 200;

    private final Map<String, List<String>> answers = new LinkedHashMap<>();

    /// Adds a call and the answer that it got instead.
    void add(String call, @Nullable String answer) {
        answers.computeIfAbsent(call, _ -> new ArrayList<>()).add(shortened(String.valueOf(answer)));
    }

    boolean isEmpty() {
        return answers.isEmpty();
    }

    /// A line for each kind of call: how many were refused, and the first answer.
    List<String> inWords() {
        return answers.entrySet().stream()
                .map(call -> "%s: %d without figure, the first one: %s"
                        .formatted(
                                call.getKey(),
                                call.getValue().size(),
                                call.getValue().getFirst()))
                .toList();
    }

    private static String shortened(String text) {
        return text.length() <= MOST_SHOWN_CHARACTERS ? text : text.substring(0, MOST_SHOWN_CHARACTERS) + "…";
    }
}
