package vowcheck.launcher;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Consumer;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.launcher.setup.CommandFailed;

/// `export`: orders an export of stored predictions, waits for it, and downloads its file.
public final class PredictionExport {

    private static final String PATH = "/operations/exports";
    private static final Duration POLL = Duration.ofMillis(500);

    /// So many looks in a row may fail, for a quarter of a minute or more: the export goes on meanwhile.
    static final int MOST_FAILED_LOOKS = 30;

    private static final int ORDERED = 202;
    private static final int OK = 200;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERRORS = 500;

    private final Api api;
    private final OperatorLogin person;
    private final Report report;
    private final Consumer<Duration> pause;

    public PredictionExport(Api api, OperatorLogin person, Report report) {
        this(api, person, report, time -> Pause.of(time, "interrupted while waiting for the export"));
    }

    PredictionExport(Api api, OperatorLogin person, Report report, Consumer<Duration> pause) {
        this.api = api;
        this.person = person;
        this.report = report;
        this.pause = pause;
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
        var answer = api.post(PATH, body.json(), person);
        if (answer.status() != ORDERED) {
            throw new CommandFailed("the export is refused: " + answer.detail());
        }
        return JsonDocument.parse(answer.body()).text("export_id");
    }

    private JsonDocument awaited(String id) {
        while (true) {
            var state = state(id);
            switch (state.text("status")) {
                case "running" -> pause.accept(POLL);
                case "done" -> {
                    return state;
                }
                default -> throw new CommandFailed("the export failed: " + state.text("reason"));
            }
        }
    }

    /// How far the export is. A look whose failure may pass is repeated.
    private JsonDocument state(String id) {
        for (int look = 1; ; look++) {
            String why;
            boolean mayPass;
            try {
                var answer = api.get(PATH + "/" + id, person);
                if (answer.status() == OK) {
                    return JsonDocument.parse(answer.body());
                }
                why = answer.detail();
                mayPass = answer.status() == TOO_MANY_REQUESTS || answer.status() >= SERVER_ERRORS;
            } catch (CommandFailed e) {
                why = String.valueOf(e.getMessage()); // there was no answer
                mayPass = true;
            }
            if (!mayPass || look > MOST_FAILED_LOOKS) {
                throw new CommandFailed("how far the export %s is cannot be read: %s".formatted(id, why));
            }
            pause.accept(POLL);
        }
    }
}
