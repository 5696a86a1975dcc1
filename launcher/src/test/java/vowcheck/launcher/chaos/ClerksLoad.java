package vowcheck.launcher.chaos;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.launcher.LocalSystem;

/// A light load: one client that sends synthetic applications all the time, single ones, small batches, and single ones
/// under an idempotency key, which it repeats until they are answered.
final class ClerksLoad implements AutoCloseable {

    private static final int APPLICATIONS = 1_000;
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration ANSWER_LIMIT = Duration.ofMinutes(1);
    private static final int MOST_INSTANCES = 20;

    private final LocalSystem system;
    private final AnswerLedger ledger;
    private final RandomGenerator random;
    private final List<String> applications;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ScheduledExecutorService client = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledFuture<?> sending;
    private final List<UnansweredRequest> unanswered = new ArrayList<>();
    private Optional<Keyed> open = Optional.empty();
    private boolean paused;

    private record Keyed(String key, String application) {}

    /// A request that got no prediction.
    ///
    /// @param status of its answer; 0 where there was none
    record UnansweredRequest(int status, String path, String body) {}

    ClerksLoad(LocalSystem system, AnswerLedger ledger, long seed) throws SQLException {
        this.system = system;
        this.ledger = ledger;
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        applications = applications(system);
        sending = client.scheduleWithFixedDelay(this::sendOne, 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// The features of labelled rows, which are synthetic.
    private static List<String> applications(LocalSystem system) throws SQLException {
        var rows = system.ask("""
                SELECT string_agg(
                    (to_jsonb(row) - ARRAY['index', 'Divorce', 'Date', 'loan_id', 'source'])::TEXT, E'\\n')
                FROM (SELECT * FROM divorce_predictions WHERE "index" BETWEEN 0 AND %d) AS row
                """.formatted(APPLICATIONS - 1));
        return Arrays.asList(rows.split("\n", -1));
    }

    /// The body of a call of `/predict`.
    String anApplication() {
        return applications.getFirst();
    }

    /// Waits for the answer that is on its way, and sends nothing until [#resume].
    synchronized void pause() {
        paused = true;
    }

    /// Sends again, and repeats no request of before: a LocalStack that was started again knows the client's key by
    /// another id, and so takes the client for another one.
    synchronized void resume() {
        open = Optional.empty();
        paused = false;
    }

    /// The requests since the last call that got no prediction. Throws [AssertionError] when the load has failed.
    synchronized List<UnansweredRequest> takeUnanswered() {
        if (sending.isDone()) {
            throw new AssertionError("the load has ended: " + failure());
        }
        var taken = List.copyOf(unanswered);
        unanswered.clear();
        return taken;
    }

    private String failure() {
        try {
            return String.valueOf(sending.get());
        } catch (ExecutionException e) {
            return String.valueOf(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    private synchronized void sendOne() {
        if (paused) {
            return;
        }
        switch (random.nextInt(6)) {
            case 0, 1, 2 -> send("/predict", application(), Optional.empty());
            case 3, 4 -> sendKeyed();
            default -> send("/batch_predict", batch(), Optional.empty());
        }
    }

    private void sendKeyed() {
        var keyed = open.orElseGet(() -> new Keyed("chaos-walk-%016x".formatted(random.nextLong()), application()));
        boolean answered = send("/predict", keyed.application(), Optional.of(keyed.key()));
        boolean repeated = open.isPresent();
        // An answered one is repeated once: it must be answered as before.
        open = answered && repeated ? Optional.empty() : Optional.of(keyed);
    }

    private String application() {
        return applications.get(random.nextInt(applications.size()));
    }

    private String batch() {
        return "{\"instances\":["
                + String.join(
                        ",",
                        IntStream.range(0, random.nextInt(1, MOST_INSTANCES))
                                .mapToObj(_ -> application())
                                .toList())
                + "]}";
    }

    /// Whether it was answered with predictions.
    private boolean send(String path, String body, Optional<String> key) {
        var request = system.request(path)
                .header("x-api-key", system.status().text("api_key"))
                .header("Content-Type", "application/json")
                .timeout(ANSWER_LIMIT)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        key.ifPresent(value -> request.header("Idempotency-Key", value));
        try {
            var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                unanswered.add(new UnansweredRequest(answer.statusCode(), path, answer.body()));
                return false;
            }
            record(answer);
            return true;
        } catch (IOException e) {
            unanswered.add(new UnansweredRequest(0, path, e.toString()));
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void record(HttpResponse<String> answer) {
        var fields = JsonDocument.parse(answer.body());
        var probabilities = fields.has("probabilities")
                ? Arrays.stream(fields.doubles("probabilities")).boxed().toList()
                : List.of(fields.number("probability"));
        ledger.record(
                answer.headers().firstValue("X-Request-Id").orElseThrow(),
                new AnsweredRequest(
                        answer.headers().firstValue("X-Model-Version").orElseThrow(), probabilities));
    }

    @Override
    public void close() {
        client.shutdownNow();
        http.close();
    }
}
