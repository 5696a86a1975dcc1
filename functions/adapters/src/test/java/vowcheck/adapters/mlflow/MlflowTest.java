package vowcheck.adapters.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import vowcheck.adapters.secrets.RememberedSecret;
import vowcheck.core.model.ModelAlias;
import vowcheck.core.model.ModelCost;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.RegistryRefused;
import vowcheck.core.model.RegistryUnavailable;
import vowcheck.core.model.Sha256;
import vowcheck.core.model.VersionStatus;
import vowcheck.core.scoring.MovableClock;
import vowcheck.core.training.CodeVersion;
import vowcheck.core.training.RunId;
import vowcheck.core.training.RunStart;
import vowcheck.core.training.SearchTrial;
import vowcheck.core.training.SearchedRecipe;
import vowcheck.core.workflow.Execution;

/// Against a server that fails a given number of times, then answers. MlflowIT runs against MLflow itself.
class MlflowTest {

    private static final MlflowLimits LIMITS =
            new MlflowLimits(Duration.ofSeconds(1), Duration.ofMillis(300), Duration.ofMillis(4));

    private static final ModelIdentity THREE = ModelFixtures.identity("3");

    private static final RunStart TRAINING =
            new RunStart(LocalDate.of(2025, 5, 1), "one", "manual", "ada", Instant.EPOCH);
    private static final CodeVersion CODE = new CodeVersion("0.1.0", Optional.empty());
    private static final SequencedMap<String, byte[]> FILES = new TreeMap<>(Map.of("model/model.pb", new byte[1]));

    private static final SearchTrial TRIAL =
            new SearchTrial(1, new TreeMap<>(), new SearchTrial.Failed("no fold"), false, Instant.EPOCH, Instant.EPOCH);
    private static final SearchedRecipe FOUND =
            new SearchedRecipe(12, 5, 0.25, 0.26, ModelCost.most(100, 2), ModelCost.most(100, 3));

    private final MovableClock clock = new MovableClock();
    private String secret = "{\"username\":\"admin\",\"password\":\"password\"}";
    private String accepted = new MlflowLogin("admin", "password").authorization();
    private HttpServer server;
    private String answer = """
            {"experiment_id": "1", "run": {"info": {"run_id": "1", "artifact_uri": "mlflow-artifacts:/1"}},
             "model_version": {"version": "3", "run_id": "1", "tags": [
                {"key": "manifest_sha256", "value": "%s"}]}}""".formatted(THREE.manifestHash());
    private int failures;
    private int failure = 503;
    private int calls;
    private Duration taken = Duration.ZERO;
    private Duration delay = Duration.ZERO;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            calls++;
            clock.pass(taken);
            try (exchange) {
                Thread.sleep(delay);
                var body = answer.getBytes(StandardCharsets.UTF_8);
                boolean known = accepted.equals(exchange.getRequestHeaders().getFirst("Authorization"));
                exchange.sendResponseHeaders(known ? calls <= failures ? failure : 200 : 401, body.length);
                exchange.getResponseBody().write(body);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aServerThatRecoversIsAskedAgain() {
        failures = 3;
        assertThat(mlflow().holder(ModelAlias.PRODUCTION)).hasValue(new ModelVersion("3"));
        assertThat(calls).isEqualTo(4);
    }

    @Test
    void attemptsAreBoundedAndTheCallIsNamed() {
        failures = 100;
        assertThatThrownBy(() -> mlflow().holder(ModelAlias.PRODUCTION))
                .isInstanceOf(RegistryUnavailable.class)
                .hasMessage("MLflow answered GET registered-models/alias with status 503 after 4 attempts");
        assertThat(calls).isEqualTo(4);
    }

    @Test
    void aServerThatHangsIsNotWaitedForLong() {
        delay = Duration.ofSeconds(1);
        assertThatThrownBy(() -> mlflow().assign(ModelAlias.PRODUCTION, THREE))
                .isInstanceOf(RegistryUnavailable.class)
                .hasMessage("MLflow did not answer GET model-versions/get in 4 attempts");
    }

    @ParameterizedTest
    @MethodSource("calls")
    void everyCallIsTriedFourTimes(String name, Consumer<Mlflow> call) {
        failures = 100;
        assertThatThrownBy(() -> call.accept(mlflow()))
                .as(name)
                .isInstanceOf(RegistryUnavailable.class)
                .hasMessageContaining("with status 503 after 4 attempts");
        assertThat(calls).isEqualTo(4);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void everyCallIsLimitedInTime(String name, Consumer<Mlflow> call) {
        delay = Duration.ofMillis(200);
        var limits = new MlflowLimits(Duration.ofSeconds(1), Duration.ofMillis(50), Duration.ofMillis(4));
        assertThatThrownBy(() -> call.accept(mlflow(limits)))
                .as(name)
                .isInstanceOf(RegistryUnavailable.class)
                .hasMessageStartingWith("MLflow did not answer ");
    }

    @ParameterizedTest
    @MethodSource("calls")
    void aRefusalIsNotRepeated(String name, Consumer<Mlflow> call) {
        failures = 100;
        failure = 403;
        assertThatThrownBy(() -> call.accept(mlflow()))
                .as(name)
                .isInstanceOf(RegistryRefused.class)
                .hasMessageEndingWith(" with status 403:");
        assertThat(calls).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void aRedirectIsARefusalWithItsStatus(String name, Consumer<Mlflow> call) {
        failures = 100;
        failure = 302;
        assertThatThrownBy(() -> call.accept(mlflow()))
                .as(name)
                .isInstanceOf(RegistryRefused.class)
                .hasMessageEndingWith(" with status 302:");
        assertThat(calls).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void aPasswordThatWasChangedWithItsSecretIsReadAnewAndTheCallRepeated(String name, Consumer<Mlflow> call) {
        var mlflow = mlflow();
        mlflow.holder(ModelAlias.PRODUCTION);
        accepted = new MlflowLogin("admin", "changed").authorization();
        secret = secret.replace("\"password\"}", "\"changed\"}");
        clock.pass(Duration.ofSeconds(4));

        call.accept(mlflow);

        assertThat(calls).as(name).isGreaterThanOrEqualTo(3);
        assertThat(mlflow.holder(ModelAlias.PRODUCTION)).hasValue(new ModelVersion("3"));
    }

    @Test
    void aPasswordThatItsSecretDoesNotKnowIsNotTriedAgain() {
        accepted = "another";
        assertThatThrownBy(() -> mlflow().holder(ModelAlias.PRODUCTION))
                .isInstanceOf(RegistryUnavailable.class)
                .hasMessage("MLflow answered GET registered-models/alias with status 401");
        assertThat(calls).isEqualTo(1);
    }

    @Test
    void tooManyRequestsAreRepeated() {
        failures = 3;
        failure = 429;
        assertThat(mlflow().holder(ModelAlias.PRODUCTION)).hasValue(new ModelVersion("3"));
        assertThat(calls).isEqualTo(4);
    }

    @Test
    void afterTheDeadlineNothingIsTriedAgainAndNoCallBegins() {
        var deadline = new Deadline(Duration.ofSeconds(6), clock);
        var mlflow = mlflow(LIMITS, deadline);
        taken = Duration.ofSeconds(4);
        failures = 100;
        deadline.set();

        assertThatThrownBy(() -> mlflow.holder(ModelAlias.PRODUCTION))
                .isInstanceOf(RegistryUnavailable.class)
                .hasMessage("MLflow answered GET registered-models/alias with status 503 after 2 attempts");
        assertThatThrownBy(() -> mlflow.remove(ModelAlias.PRODUCTION))
                .isInstanceOf(RegistryUnavailable.class)
                .hasMessage("DELETE registered-models/alias was not sent to MLflow: the calls before it took too long");
        assertThat(calls).isEqualTo(2);

        failures = 0;
        deadline.set();
        assertThat(mlflow.holder(ModelAlias.PRODUCTION)).hasValue(new ModelVersion("3"));
    }

    /// Every method of both ports; each begins with another call of the client.
    static Stream<Arguments> calls() {
        var run = new RunId("1");
        var version = new ModelVersion("3");
        var manifest = ModelFixtures.constant("3", 0.25).manifest();
        return Map.<String, Consumer<Mlflow>>ofEntries(
                        Map.entry("prepare", Mlflow::prepare),
                        Map.entry("endOf", it -> it.endOf(new Execution("one"))),
                        Map.entry("endOfOthers", it -> it.endOfOthers(new Execution("one"))),
                        Map.entry("start", it -> it.start(TRAINING, Optional.empty())),
                        Map.entry("replay", it -> it.replay("year", TRAINING)),
                        Map.entry("record", it -> it.record(run, manifest, Optional.empty(), CODE)),
                        Map.entry("noteMissing", it -> it.noteMissing(run, List.of("a card: none"))),
                        Map.entry("input", it -> it.input(run, manifest)),
                        Map.entry("describeRun", it -> it.describe(run, "a card")),
                        Map.entry("attach", it -> it.attach(run, FILES)),
                        Map.entry("register", it -> it.register(run)),
                        Map.entry(
                                "nominate",
                                it -> it.nominate(version, Sha256.of(new byte[1]), LocalDate.of(2025, 5, 1))),
                        Map.entry("trials", it -> it.trials(run, TRAINING, List.of(TRIAL))),
                        Map.entry("searched", it -> it.searched(run, FOUND)),
                        Map.entry("end", it -> it.end(run, true)),
                        Map.entry("holder", it -> it.holder(ModelAlias.PRODUCTION)),
                        Map.entry("assign", it -> it.assign(ModelAlias.PRODUCTION, THREE)),
                        Map.entry("remove", it -> it.remove(ModelAlias.PRODUCTION)),
                        Map.entry("manifestHash", it -> it.manifestHash(version)),
                        Map.entry("describe", it -> it.describe(THREE, "kept")),
                        Map.entry("mark", it -> it.mark(THREE, VersionStatus.PROMOTED)))
                .entrySet()
                .stream()
                .map(call -> Arguments.of(call.getKey(), call.getValue()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "<html>",
                "{\"model_version\": 3, \"run\": 3}",
                "{\"model_version\": {\"version\": [3]}, \"run\": {\"info\": {}}}",
                "{\"model_version\": {\"version\": \"../3\"}, \"run\": {\"info\": {\"artifact_uri\": 1}}}"
            })
    void anAnswerOfAnotherShapeIsNotUnderstood(String other) {
        answer = other;
        assertThatThrownBy(() -> mlflow().holder(ModelAlias.PRODUCTION))
                .isInstanceOf(RegistryUnavailable.class)
                .hasMessageContaining("MLflow's answer to GET registered-models/alias");
        assertThatThrownBy(() -> mlflow().attach(new RunId("1"), FILES))
                .isInstanceOf(RegistryUnavailable.class)
                .hasMessageContaining("MLflow's answer to GET runs/get");
    }

    @Test
    void aServerThatIsGoneIsNamed() {
        var mlflow = mlflow();
        server.stop(0);
        assertThatThrownBy(() -> mlflow.holder(ModelAlias.PRODUCTION))
                .isInstanceOf(RegistryUnavailable.class)
                .hasMessage("MLflow did not answer GET registered-models/alias in 4 attempts");
    }

    private Mlflow mlflow() {
        return mlflow(LIMITS);
    }

    private Mlflow mlflow(MlflowLimits limits) {
        return mlflow(limits, Deadline.none());
    }

    private Mlflow mlflow(MlflowLimits limits, Deadline deadline) {
        return new Mlflow(
                URI.create("http://127.0.0.1:%d/".formatted(server.getAddress().getPort())),
                new RememberedSecret<>(() -> secret, MlflowLogin::fromSecret, clock),
                limits,
                deadline,
                InstantSource.system());
    }
}
