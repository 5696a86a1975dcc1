package vowcheck.lambda;

import static cloud.localstack.Constants.TEST_ACCESS_KEY;
import static cloud.localstack.Constants.TEST_SECRET_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import vowcheck.adapters.aws.AwsOnLoopback;
import vowcheck.adapters.bundle.BaselineBundle;
import vowcheck.adapters.bundle.ModelBundle;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.postgres.PostgresPredictionLog;
import vowcheck.adapters.postgres.TestDatabase;
import vowcheck.adapters.s3.S3ModelStore;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.scoring.UnloggedPredictions;
import vowcheck.lambda.observation.MetricLog;

/// Environments of the scoring function that serve requests without a pause, each with its own connections to the
/// bucket and to a real PostgreSQL, while the model in production changes.
class ModelSwitchTest {

    private static final String EVENT = Events.text("scoring_handler.json");
    private static final Duration REFRESH_AGE = Duration.ofSeconds(30);
    private static final int ENVIRONMENTS = 3;
    private static final int ROUNDS = 10;

    /// Version 8 has another calibration than version 7, so that it answers other probabilities.
    private static final byte[] SEVEN = AwsOnLoopback.manifest("7");

    private static final byte[] EIGHT = recalibrated(AwsOnLoopback.manifest("8"));

    private static final Map<String, Double> PROBABILITIES = Map.of("7", probability(SEVEN), "8", probability(EIGHT));

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2025-06-01T00:00:00Z"));
    private TestDatabase database;
    private AwsOnLoopback aws;
    private S3Client s3;

    @BeforeEach
    void aModelIsInProduction() throws Exception {
        database = TestDatabase.migrated();
        aws = new AwsOnLoopback();
        aws.promote(SEVEN, BaselineBundle.model());
        s3 = S3Client.builder()
                .endpointOverride(URI.create(aws.url()))
                .forcePathStyle(true)
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(TEST_ACCESS_KEY, TEST_SECRET_KEY)))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    @AfterEach
    void stop() throws Exception {
        s3.close();
        aws.close();
        database.close();
    }

    @Test
    void noRequestFailsAndEachIsAnsweredByAVersionThatServed() throws Exception {
        assertThat(PROBABILITIES.get("8")).isGreaterThan(PROBABILITIES.get("7"));
        var environments = new ArrayList<Environment>();
        try (var threads = Executors.newFixedThreadPool(ENVIRONMENTS)) {
            for (int i = 0; i < ENVIRONMENTS; i++) {
                environments.add(new Environment(threads::submit));
            }
            try {
                for (int round = 0; round < ROUNDS; round++) {
                    promoted(EIGHT, BaselineBundle.model());
                    assertServing(environments, "8");
                    promoted(AwsOnLoopback.manifest("9"), truncated(BaselineBundle.model()));
                    assertServing(environments, "8");
                    promoted(SEVEN, BaselineBundle.model());
                    assertServing(environments, "7");
                }
            } finally {
                environments.forEach(Environment::stop);
            }
        }

        var answers = environments.stream()
                .flatMap(environment -> environment.answers.stream())
                .toList();
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.probability()).isEqualTo(PROBABILITIES.get(answer.version()));
        });
        assertThat(database.ask("SELECT count(*) FROM prediction_logs")).isEqualTo(String.valueOf(answers.size()));
    }

    private void promoted(byte[] manifest, byte[] model) {
        aws.promote(manifest, model);
        now.updateAndGet(instant -> instant.plus(REFRESH_AGE).plusMillis(1));
    }

    private static void assertServing(List<Environment> environments, String version) throws InterruptedException {
        for (var environment : environments) {
            assertThat(environment.answerToTheNextRequest().version()).isEqualTo(version);
        }
    }

    private ScoringHandler handler() {
        UnloggedPredictions nowhere = request -> {
            throw new AssertionError("PostgreSQL takes all of them, but " + request.requestId());
        };
        var ports = new ScoringService.Ports(
                new S3ModelStore(s3, AwsOnLoopback.BUCKET, FeatureSchema.CURRENT),
                new PostgresPredictionLog(database.as("scoring"), FeatureSchema.CURRENT, TestDatabase.TOMBSTONES),
                nowhere,
                _ -> Optional.empty(),
                Map::of,
                shadow -> {
                    throw new AssertionError("not asked for");
                },
                Map.of(),
                MetricLog.DISCARDED,
                Runnable::run,
                now::get);
        return new ScoringHandler(
                new ScoringService(ports, FeatureSchema.CURRENT, REFRESH_AGE, new RequestIds(new SecureRandom())));
    }

    private static double probability(byte[] manifest) {
        return ModelBundle.open(manifest, BaselineBundle.model(), FeatureSchema.CURRENT)
                .scoringModel()
                .probability(ModelFixtures.APPLICATION);
    }

    /// The same manifest with an intercept higher by 1, and the probability of its smoke application that follows.
    private static byte[] recalibrated(byte[] manifest) {
        var text = new String(manifest, StandardCharsets.UTF_8);
        var calibration = JsonDocument.parse(text).document("calibration");
        var smoke = JsonDocument.parse(text).document("smoke");
        double former = smoke.number("probability");
        double probability = 1 / (1 + (1 - former) / former * Math.exp(-1));
        return text.replace(
                        "\"intercept\" : " + calibration.number("intercept"),
                        "\"intercept\" : " + (calibration.number("intercept") + 1))
                .replace("\"probability\" : " + former, "\"probability\" : " + probability)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] truncated(byte[] model) {
        return Arrays.copyOf(model, model.length / 2);
    }

    /// An answer to a client.
    private record Answer(int status, String version, double probability) {}

    /// Serves one request after another in its own thread.
    private final class Environment implements Runnable {

        private final ScoringHandler handler = handler();
        private final List<Answer> answers = Collections.synchronizedList(new ArrayList<>());
        private final Future<?> serving;
        private volatile boolean stopped;

        Environment(Function<Runnable, Future<?>> threads) {
            serving = threads.apply(this);
        }

        void stop() {
            stopped = true;
        }

        @Override
        public void run() {
            while (!stopped) {
                var response = Events.response(ServiceInMemory.sample(), Events.handled(handler, EVENT));
                answers.add(new Answer(
                        response.getStatusCode(),
                        Objects.requireNonNullElse(response.getHeaders().get("X-Model-Version"), "none"),
                        response.getStatusCode() == 200
                                ? JsonDocument.parse(response.getBody()).number("probability")
                                : Double.NaN));
            }
        }

        /// The answer to a request that begins after this call, not to the one that is being served now.
        Answer answerToTheNextRequest() throws InterruptedException {
            int next = answers.size() + 1;
            while (answers.size() <= next && !serving.isDone()) {
                Thread.sleep(1);
            }
            return answers.get(next);
        }
    }
}
