package vowcheck.launcher.command;

import vowcheck.adapters.json.JsonDocument;

/// The problem document with which the API answers what it refuses.
final class AnsweredProblem {

    private AnsweredProblem() {}

    /// Why a call was refused; the body itself if it is no such document.
    static String detail(String body) {
        try {
            return JsonDocument.parse(body).text("detail");
        } catch (IllegalArgumentException e) {
            return body;
        }
    }
}
