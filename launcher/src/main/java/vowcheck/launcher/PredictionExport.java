package vowcheck.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.launcher.setup.CommandFailed;

/// `export`: orders an export of stored predictions, waits for it, and downloads its file.
public final class PredictionExport {

    private static final String PATH = "/operations/exports";
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int ORDERED = 202;
    private static final int OK = 200;

    private final Api api;
    private final OperatorLogin person;
    private final Report report;

    public PredictionExport(Api api, OperatorLogin person, Report report) {
        this.api = api;
        this.person = person;
        this.report = report;
    }

    /// What to export.
    public record Days(LocalDate from, LocalDate to, Optional<String> reason) {}

    /// Exports the predictions of some days; throws [CommandFailed], also when the export is refused or fails.
    ///
    /// @param name how the user calls the file
    public void export(Days days, String name, Path file) throws IOException {
        try (var predictions = PredictionsFile.begin(name, file)) {
            var order = ordered(days);
            report.progress().say("exporting %s to %s".formatted(days.from(), days.to()));
            JsonDocument done;
            try (var _ = InterruptionNotice.of(
                    report.errors(), "nothing was written; the export goes on, and its file is deleted after a day")) {
                done = awaited(order);
                predictions.download(URI.create(done.text("url")));
            }
            long rows = done.longInteger("rows");
            report.out()
                    .println(
                            rows == 0
                                    ? "no prediction was made on these days: %s has only the header".formatted(name)
                                    : "%,d predictions are in %s".formatted(rows, name));
        }
    }

    private String ordered(Days days) {
        var body = new JsonObject()
                .with("from", days.from().toString())
                .with("to", days.to().toString())
                .withPresent("reason", days.reason());
        return body(api.post(PATH, body.json(), person), ORDERED).text("export_id");
    }

    private JsonDocument awaited(String id) {
        while (true) {
            var state = body(api.get(PATH + "/" + id, person), OK);
            switch (state.text("status")) {
                case "running" -> Pause.of(POLL, "interrupted while waiting for the export");
                case "done" -> {
                    return state;
                }
                default -> throw new CommandFailed("the export failed: " + state.text("reason"));
            }
        }
    }

    private static JsonDocument body(HttpResponse<String> answer, int expected) {
        if (answer.statusCode() == expected) {
            return JsonDocument.parse(answer.body());
        }
        throw new CommandFailed("the export is refused: " + detail(answer.body()));
    }

    /// Why a call was answered with a problem.
    private static String detail(String problem) {
        try {
            return JsonDocument.parse(problem).text("detail");
        } catch (IllegalArgumentException e) {
            return problem;
        }
    }
}
