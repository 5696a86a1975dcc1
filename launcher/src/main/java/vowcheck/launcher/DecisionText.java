package vowcheck.launcher;

import java.io.PrintStream;
import vowcheck.adapters.json.JsonDocument;

/// What became of a person's decision about the model in production or the shadow, for people.
public final class DecisionText {

    private DecisionText() {}

    /// Prints the message of an answer, and what could not be done beside it.
    public static void print(HttpAnswer answer, PrintStream out) {
        var result = JsonDocument.parse(answer.body());
        out.println(result.text("message"));
        if (result.has("notes")) {
            result.texts("notes").forEach(note -> out.println("  " + note));
        }
    }
}
