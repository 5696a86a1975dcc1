package vowcheck.adapters.sqs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vowcheck.adapters.postgres.Database;
import vowcheck.adapters.postgres.DatabaseAddress;
import vowcheck.adapters.postgres.PostgresPersonalRows;
import vowcheck.adapters.postgres.PostgresPredictionLog;
import vowcheck.adapters.postgres.TestDatabase;
import vowcheck.adapters.s3.InMemoryS3;
import vowcheck.adapters.s3.S3UnloggedObjects;
import vowcheck.core.clients.ClientName;
import vowcheck.core.erasure.CopiesLifetime;
import vowcheck.core.erasure.ErasedCounts;
import vowcheck.core.erasure.Erasure;
import vowcheck.core.erasure.ErasureOrder;
import vowcheck.core.erasure.ErasureReason;
import vowcheck.core.erasure.ErasureSubject;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.retention.RetentionPeriod;
import vowcheck.core.scoring.Endpoint;
import vowcheck.core.scoring.LoanId;
import vowcheck.core.scoring.PredictionLog;
import vowcheck.core.scoring.Purpose;
import vowcheck.core.scoring.QueuedMessage;
import vowcheck.core.scoring.ReloggedBatch;
import vowcheck.core.scoring.Relogging;
import vowcheck.core.scoring.RequestId;
import vowcheck.core.scoring.RequestOrigin;
import vowcheck.core.scoring.ScoredApplication;
import vowcheck.core.scoring.ScoredRequest;
import vowcheck.core.scoring.SubmittedApplication;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SqsReloggingTest {

    private static final SqsPredictionQueue.Urls QUEUES = new SqsPredictionQueue.Urls("unlogged", "dead-letters");

    private InMemoryS3 s3;
    private InMemorySqs sqs;
    private TestDatabase server;
    private Database database;
    private Database erasing;
    private Database nowhere;

    @BeforeAll
    void start() throws Exception {
        server = TestDatabase.migrated();
        database = server.as("scoring");
        erasing = server.as("erasure");
        nowhere = new Database(
                DatabaseAddress.withoutTls("127.0.0.1", 1, "postgres"),
                () -> TestDatabase.login("scoring"),
                Duration.ofSeconds(1));
    }

    @AfterAll
    void stop() throws Exception {
        nowhere.close();
        database.close();
        erasing.close();
        server.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        sqs = new InMemorySqs();
        s3 = new InMemoryS3();
        server.forgetPredictions();
    }

    @Test
    void aRequestIsStoredOnceHoweverOftenItIsDelivered() throws SQLException {
        send(request("small", "7", 1));
        send(request("large", "7", 10_000)); // too large for a message, so its rows are in an object

        assertThat(sqs.sentTo("unlogged").getLast()).hasSizeLessThan(1000);
        assertThat(relogging(database).relog(messages(1)).stored()).hasSize(2);
        assertThat(relogging(database).relog(messages(2)).postponed()).isEmpty();

        assertThat(server.ask("SELECT count(*) FROM prediction_logs")).isEqualTo("10001");
        assertThat(sqs.sentTo("dead-letters")).isEmpty();
    }

    @Test
    void inAnOutageMessagesStayAndThePausesGrow() {
        send(request("waits", "7", 1));
        var relogging = relogging(nowhere);

        for (int receives : new int[] {1, 2, 3, 8, 900}) {
            assertThat(relogging.relog(messages(receives)).postponed())
                    .extracting(QueuedMessage::id)
                    .containsExactly("message-0");
        }

        assertThat(sqs.sentTo("dead-letters")).isEmpty();
        assertThat(sqs.pauses()).isSorted();
        assertThat(sqs.pauses().getFirst()).isBetween(2, 5);
        assertThat(sqs.pauses().getLast()).isBetween(900, 1800);
    }

    @Test
    void rowsThatPostgresRefusesAreDeadLettersAndTheOthersAreStored() throws SQLException {
        server.execute("ALTER TABLE scoring_requests ADD CONSTRAINT no_seven CHECK (model_version <> '7') NOT VALID");
        try {
            send(request("refused", "7", 1));
            send(request("stored", "8", 1));

            var relogged = relogging(database).relog(messages(1));

            assertThat(relogged.postponed()).isEmpty();
            assertThat(relogged.deadLetters()).isEqualTo(1);
            assertThat(relogged.stored())
                    .extracting(stored -> stored.requestId().value())
                    .containsExactly("stored");
        } finally {
            server.execute("ALTER TABLE scoring_requests DROP CONSTRAINT no_seven");
        }
        assertThat(server.ask("SELECT string_agg(request_id, ' ') FROM prediction_logs"))
                .isEqualTo("stored");
        assertThat(sqs.sentTo("dead-letters"))
                .containsExactly(sqs.sentTo("unlogged").getFirst());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            REVOKE INSERT ON scoring_requests FROM scoring          | GRANT INSERT ON scoring_requests TO scoring
            REVOKE INSERT ON predictions FROM scoring               | GRANT INSERT ON predictions TO scoring
            ALTER TABLE scoring_requests RENAME purpose TO purposes | ALTER TABLE scoring_requests RENAME purposes TO purpose
            ALTER TABLE predictions RENAME TO prophecies            | ALTER TABLE prophecies RENAME TO predictions
            """)
    void rowsThatNobodyMayStoreWaitUntilAnOperatorHasMendedTheDatabase(String damage, String repair)
            throws SQLException {
        send(request("waits", "7", 2));
        server.execute(damage);
        try {
            assertThat(relogging(database).relog(messages(1)).postponed()).hasSize(1);
        } finally {
            server.execute(repair);
        }
        assertThat(sqs.sentTo("dead-letters")).isEmpty();

        assertThat(relogging(database).relog(messages(2)).stored()).hasSize(1);
        assertThat(relogging(database).relog(messages(3)).stored()).hasSize(1);
        assertThat(server.ask("SELECT count(*) FROM prediction_logs")).isEqualTo("2");
    }

    @Test
    void anUnreadableMessageIsADeadLetter() {
        var relogged = relogging(database).relog(List.of(new QueuedMessage("m", "r", 1, "{}")));

        assertThat(relogged).isEqualTo(new ReloggedBatch(List.of(), List.of(), 1));

        assertThat(sqs.sentTo("dead-letters")).containsExactly("{}");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            "timestamp":", "timestamp":"not
            "features":[, "features":[-1e9
            """)
    void aMalformedMessageDoesNotBlockTheOthers(String right, String wrong) {
        send(request("before", "7", 1));
        send(request("wrong", "7", 1));
        send(request("after", "7", 1));
        var messages = new ArrayList<>(messages(1));
        var damaged = messages.get(1);
        messages.set(
                1,
                new QueuedMessage(
                        damaged.id(), damaged.receipt(), 1, damaged.body().replace(right, wrong)));

        var relogged = relogging(database).relog(messages);

        assertThat(relogged.stored()).hasSize(2);
        assertThat(relogged.deadLetters()).isEqualTo(1);
    }

    @Test
    void aMessageWhoseObjectIsLostIsADeadLetter() {
        var lost = "{\"object_key\":\"unlogged/lost.json\"}";

        assertThat(relogging(database).relog(List.of(new QueuedMessage("m", "r", 1, lost))))
                .isEqualTo(new ReloggedBatch(List.of(), List.of(), 1));
    }

    @Test
    void twoLargeRequestsWithOneIdDoNotReplaceEachOther() {
        send(request("twice-the-same-key", "1", 3_000));
        send(request("twice-the-same-key", "2", 3_000));

        assertThat(s3.objects().keySet())
                .filteredOn(key -> key.startsWith("unlogged/clerks/twice-the-same-key/"))
                .hasSize(2);
    }

    @Test
    void anUnreadableMessageStaysWhileTheDeadLetterQueueIsOutOfReach() {
        sqs.reachable(false);

        var message = new QueuedMessage("m", "r", 1, "{}");
        assertThat(relogging(database).relog(List.of(message)))
                .isEqualTo(new ReloggedBatch(List.of(), List.of(message), 0));
    }

    @Test
    void requestsOfTwoClientsWithOneIdAreBothStored() throws SQLException {
        send(request("shared", "7", 1));
        send(request(new ClientName("others"), "shared", "7", 3_000));
        assertThat(s3.objects().keySet()).anyMatch(key -> key.startsWith("unlogged/others/shared/"));

        assertThat(relogging(database).relog(messages(1)).stored()).hasSize(2);

        assertThat(server.ask("SELECT string_agg(client, ' ' ORDER BY client) FROM prediction_logs WHERE instance = 0"))
                .isEqualTo("clerks others");
    }

    @Test
    void anObjectIsDeletedWithItsVersionsWhenItsRowsAreStored() throws SQLException {
        send(request("large", "7", 3_000));
        send(request("large", "7", 3_000)); // the same content, so a second version of the object
        var key = onlyObject();
        assertThat(s3.versions(key)).isEqualTo(2);

        // The second message finds neither the object nor anything to do.
        var relogged = relogging(database).relog(messages(1));

        assertThat(relogged.stored()).hasSize(1);
        assertThat(relogged.deadLetters()).isZero();
        assertThat(s3.versions(key)).isZero();
        assertThat(relogging(database).relog(messages(2))).isEqualTo(new ReloggedBatch(List.of(), List.of(), 0));
        assertThat(server.ask("SELECT count(*) FROM prediction_logs")).isEqualTo("3000");
    }

    @Test
    void aMessageStaysUntilItsObjectIsDeleted() {
        send(request("large", "7", 3_000));
        s3.failDeletions(true);
        assertThat(relogging(database).relog(messages(1)).postponed()).hasSize(1);
        s3.failDeletions(false);

        assertThat(relogging(database).relog(messages(2)).stored()).hasSize(1);
        assertThat(s3.objects()).isEmpty();
    }

    @Test
    void ofABatchInTheQueueTheErasedLoanIsLeftOutAndTheOthersAreStoredOnce() throws Exception {
        var scored = new ArrayList<>(request("batch", "7", 3_000).scored());
        scored.set(1, scored("L-1"));
        scored.set(2, scored("L-2"));
        send(request("batch", "7", 1).part(scored));
        send(request("u.single", "7", 1).part(List.of(scored("L-1"))));
        var erasure = erasure();

        var erased = erasure.erase(order(new ErasureSubject.OfLoan(new LoanId("L-1"))));

        assertThat(erased.erased()).isEqualTo(new ErasedCounts(0, 0, 0, 0));
        assertThat(erased.waitingObjects()).isEqualTo(1);
        for (int receives = 1; receives <= 2; receives++) {
            assertThat(relogging(database).relog(messages(receives)).postponed())
                    .isEmpty();
        }
        assertThat(sqs.sentTo("dead-letters")).isEmpty();
        assertThat(s3.objects()).isEmpty();
        assertThat(server.ask("SELECT concat_ws(' ', count(*), min(loan_id), max(loan_id)) FROM predictions"))
                .isEqualTo("2999 L-2 L-2");
        var log = new PostgresPredictionLog(database, FeatureSchema.CURRENT, TestDatabase.TOMBSTONES);
        assertThat(log.find(ClientName.CLERKS, new RequestId("batch"), 0, 3))
                .hasValueSatisfying(found -> assertThat(found.instances()).containsExactly(0, 2));
        assertThat(log.find(ClientName.CLERKS, new RequestId("u.single"), 0, 1))
                .hasValueSatisfying(found -> assertThat(found.isErased()).isTrue());
    }

    @Test
    void anErasedRequestInTheQueueIsDoneWithAndNoDeadLetter() throws Exception {
        send(request("u.large", "7", 3_000));
        send(request("u.small", "7", 1));
        send(request("u.other", "7", 1));
        var erasure = erasure();

        var large = erasure.erase(order(ofRequest("u.large")));
        erasure.erase(order(ofRequest("u.small")));

        assertThat(large.erased()).isEqualTo(new ErasedCounts(0, 0, 0, 1));
        assertThat(s3.objects()).isEmpty();
        var relogged = relogging(database).relog(messages(1));
        assertThat(relogged.stored())
                .extracting(stored -> stored.requestId().value())
                .containsExactly("u.other");
        assertThat(relogged.postponed()).isEmpty();
        assertThat(sqs.sentTo("dead-letters")).isEmpty();
        assertThat(server.ask("SELECT count(*) FROM prediction_logs")).isEqualTo("1");
    }

    private Erasure erasure() {
        var rows = new PostgresPersonalRows(
                erasing, TestDatabase.TOMBSTONES, new CopiesLifetime(Duration.ZERO, RetentionPeriod.DEFAULT));
        return new Erasure(rows, new S3UnloggedObjects(s3, "bucket"), InstantSource.system());
    }

    private static ErasureSubject ofRequest(String id) {
        return new ErasureSubject.OfRequest(ClientName.CLERKS, new RequestId(id));
    }

    private static ErasureOrder order(ErasureSubject subject) {
        return new ErasureOrder(subject, new ErasureReason("case 17/2026"), "ada");
    }

    private static ScoredApplication scored(String loan) {
        return new ScoredApplication(new SubmittedApplication(ModelFixtures.APPLICATION, new LoanId(loan)), 0.25);
    }

    private String onlyObject() {
        assertThat(s3.objects()).hasSize(1);
        return s3.objects().keySet().iterator().next();
    }

    @Test
    void aMessageOfTheFormerBuildIsStoredWithItsObject() throws SQLException {
        send(request("large", "7", 3_000));
        var key = s3.objects().keySet().stream()
                .filter(it -> it.startsWith("unlogged/clerks/large/"))
                .findFirst()
                .orElseThrow();
        var former = "unlogged/large/former.json";
        s3.objects()
                .put(
                        former,
                        new String(s3.objects().get(key), UTF_8)
                                .replace("\"client\":\"clerks\"", "\"api_key_id\":\"a1b2c3d4e5\"")
                                .getBytes(UTF_8));

        relogging(database).relog(List.of(new QueuedMessage("m", "r", 1, "{\"object_key\":\"%s\"}".formatted(former))));

        assertThat(server.ask("SELECT concat_ws(' ', client, count(*)) FROM prediction_logs GROUP BY client"))
                .isEqualTo("clerks 3000");
    }

    private void send(ScoredRequest request) {
        new SqsUnloggedPredictions(sqs, QUEUES.unlogged(), s3, "bucket", FeatureSchema.CURRENT).keep(request);
    }

    private List<QueuedMessage> messages(int receives) {
        var bodies = sqs.sentTo(QUEUES.unlogged());
        return bodies.stream()
                .map(body -> new QueuedMessage("message-" + bodies.indexOf(body), "receipt", receives, body))
                .toList();
    }

    private Relogging relogging(Database reached) {
        PredictionLog log = new PostgresPredictionLog(reached, FeatureSchema.CURRENT, TestDatabase.TOMBSTONES);
        return new Relogging(
                log,
                new SqsPredictionQueue(sqs, QUEUES, s3, "bucket", FeatureSchema.CURRENT),
                new Random(42),
                () -> Duration.ofMinutes(1));
    }

    private static ScoredRequest request(String id, String modelVersion, int instances) {
        return request(ClientName.CLERKS, id, modelVersion, instances);
    }

    private static ScoredRequest request(ClientName client, String id, String modelVersion, int instances) {
        return new ScoredRequest(
                new RequestOrigin(new RequestId(id), Endpoint.BATCH, Purpose.APPLICATION, client),
                Instant.parse("2025-06-01T12:30:00.123Z"),
                ModelFixtures.identity(modelVersion),
                Collections.nCopies(instances, new ScoredApplication(ModelFixtures.APPLICATION, 0.25)));
    }
}
