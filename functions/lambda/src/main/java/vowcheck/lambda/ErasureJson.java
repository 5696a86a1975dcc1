package vowcheck.lambda;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.clients.ClientName;
import vowcheck.core.erasure.CopiesLifetime;
import vowcheck.core.erasure.Erasure;
import vowcheck.core.erasure.ErasureOrder;
import vowcheck.core.erasure.ErasureReason;
import vowcheck.core.erasure.ErasureSubject;
import vowcheck.core.scoring.LoanId;
import vowcheck.core.scoring.RequestId;
import vowcheck.lambda.http.BodyFaults;
import vowcheck.lambda.http.MalformedRequest;

/// The bodies of `/operations/erasures`.
final class ErasureJson {

    private static final String REQUEST_ID = "request_id";
    private static final String CLIENT = "client";
    private static final String REASON = "reason";
    private static final Set<String> FIELDS = Set.of(LoanId.FIELD_NAME, REQUEST_ID, CLIENT, REASON);
    private static final String EXPECTED = "loan_id, or request_id and client, and reason";

    private ErasureJson() {}

    /// The order in a request's body; throws what [BodyFaults] makes of a fault. A field that is unknown, or
    /// belongs to the other kind of subject, is one: nobody must erase more, or less, than was meant.
    static ErasureOrder order(String body, String operator) {
        var json = JsonDocument.parse(body, BodyFaults.DISCREET);
        for (var name : json.names()) {
            if (!FIELDS.contains(name)) {
                throw json.wrong(name, json.any(name, EXPECTED), EXPECTED);
            }
        }
        return BodyFaults.both(
                () -> subject(json),
                () -> value(json, REASON, ErasureReason.FORMAT, ErasureReason::new),
                (subject, reason) -> order(subject, reason, operator));
    }

    /// A schema of JSON cannot express that a reason does not have the id: it is refused as malformed.
    private static ErasureOrder order(ErasureSubject subject, ErasureReason reason, String operator) {
        try {
            return new ErasureOrder(subject, reason, operator);
        } catch (IllegalArgumentException e) {
            throw new MalformedRequest(String.valueOf(e.getMessage()));
        }
    }

    private static ErasureSubject subject(JsonDocument json) {
        return json.names().contains(LoanId.FIELD_NAME) ? ofLoan(json) : ofRequest(json);
    }

    private static ErasureSubject ofLoan(JsonDocument json) {
        for (var other : List.of(REQUEST_ID, CLIENT)) {
            if (json.names().contains(other)) {
                throw json.wrong(other, json.any(other, EXPECTED), EXPECTED);
            }
        }
        return new ErasureSubject.OfLoan(value(json, LoanId.FIELD_NAME, LoanId.EXPECTED, LoanId::new));
    }

    private static ErasureSubject ofRequest(JsonDocument json) {
        if (!json.names().contains(REQUEST_ID)) {
            json.any(LoanId.FIELD_NAME, "it, or request_id and client");
        }
        return new ErasureSubject.OfRequest(
                value(json, CLIENT, "the name of the request's client: " + ClientName.FORMAT, ClientName::new),
                value(json, REQUEST_ID, "a string of " + RequestId.FORMAT, RequestId::new));
    }

    private static <T> T value(JsonDocument json, String field, String expected, Function<String, T> type) {
        var value = json.any(field, expected);
        if (value instanceof String text) {
            try {
                return type.apply(text);
            } catch (IllegalArgumentException e) {
                throw json.wrong(field, text, expected);
            }
        }
        throw json.wrong(field, value, expected);
    }

    /// What was erased, and which copies end by themselves.
    static JsonObject answer(Erasure.Result result, ErasureSubject subject, CopiesLifetime copies) {
        var erased = result.erased();
        return new JsonObject()
                .with("erased_at", result.erasedAt().toString())
                .with(
                        "erased",
                        new JsonObject()
                                .with("predictions", erased.predictions())
                                .with("scoring_requests", erased.scoringRequests())
                                .with("labelled_rows", erased.labelledRows())
                                .with("unlogged_objects", erased.unloggedObjects()))
                .with("not_reached", notReached(result, subject, copies));
    }

    private static List<JsonObject> notReached(Erasure.Result result, ErasureSubject subject, CopiesLifetime copies) {
        var erasedAt = result.erasedAt();
        var copied = new ArrayList<JsonObject>();
        copied.add(copy(
                "queue",
                Optional.of(copies.lastMessage(erasedAt)),
                "messages with predictions that wait to be stored, and dead letters: what was erased is left out when"
                        + " they are stored"));
        if (result.waitingObjects() > 0) {
            copied.add(copy(
                    "objects",
                    Optional.of(copies.lastObject(erasedAt)),
                    "batches that wait to be stored in objects of the bucket (%d now): what was erased is left out when they are stored, and then the objects are deleted"
                            .formatted(result.waitingObjects())));
        }
        copied.add(copy(
                "exports",
                Optional.of(copies.lastExport(erasedAt)),
                "files of exports and of imports; what was downloaded stays with those who did"));
        if (copies.backups().isPositive()) {
            copied.add(copy(
                    "backups",
                    Optional.of(copies.lastBackup(erasedAt)),
                    "automatic backups of the database: erase again after a restoration; snapshots that somebody has"
                            + " made stay until they are deleted"));
        }
        copied.add(
                switch (subject) {
                    case ErasureSubject.OfLoan _ ->
                        copy(
                                "models",
                                Optional.empty(),
                                "models that were trained on the loan's labelled rows stay; they contain no rows");
                    case ErasureSubject.OfRequest _ ->
                        copy(
                                "logs",
                                Optional.empty(),
                                "the scoring function's log names the request's id, and nothing else of the person,"
                                        + " until its retention ends");
                });
        return copied;
    }

    private static JsonObject copy(String where, Optional<Instant> until, String note) {
        return new JsonObject()
                .with("where", where)
                .withPresent("until", until.map(Instant::toString))
                .with("note", note);
    }
}
