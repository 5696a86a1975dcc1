package vowcheck.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vowcheck.adapters.mlflow.Deadline;
import vowcheck.adapters.mlflow.MlflowLimits;
import vowcheck.adapters.secrets.BasicCredentials;
import vowcheck.core.export.ExportRun;
import vowcheck.core.export.InMemoryExports;
import vowcheck.core.export.PredictionExports;
import vowcheck.core.model.InMemoryModelRegistry;
import vowcheck.core.model.InMemoryModelStore;
import vowcheck.core.model.ModelAlias;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.ShadowPointer.NamedShadow;
import vowcheck.core.model.ShadowPointer.NoShadow;
import vowcheck.core.scoring.MovableClock;
import vowcheck.core.workflow.ApprovalAnswer;
import vowcheck.core.workflow.Approvals;
import vowcheck.core.workflow.Execution;
import vowcheck.core.workflow.FollowRegistry;
import vowcheck.core.workflow.InMemoryWorkflow;
import vowcheck.core.workflow.ModelDecision;
import vowcheck.core.workflow.PendingApproval;
import vowcheck.core.workflow.Rollback;
import vowcheck.core.workflow.ShadowOperation;
import vowcheck.lambda.observation.MetricLog;
import vowcheck.lambda.observation.RefusalMetrics;

class OperationsHandlerTest {

    private final InMemoryModelStore models = new InMemoryModelStore();
    private final InMemoryModelRegistry registry = new InMemoryModelRegistry();
    private final InMemoryWorkflow workflow = new InMemoryWorkflow();
    private final MovableClock clock = new MovableClock();
    private final InMemoryExports exports = new InMemoryExports();
    private final Deadline deadline = new Deadline(MlflowLimits.PATIENCE, clock);
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
    private final OperationsHandler handler = new OperationsHandler(
            new FollowRegistry(models, registry, workflow, workflow.audit()),
            new Rollback(models, registry, workflow, workflow.audit()),
            new ShadowOperation(models, workflow.audit(), clock),
            new Approvals(workflow, workflow, workflow.audit()),
            new PredictionExports(exports, exports, clock, new Random(42)),
            deadline,
            new RequestIds(new SecureRandom()),
            new RefusalMetrics(
                    new MetricLog("test", new PrintStream(lines, true, StandardCharsets.UTF_8)), new MovableClock()));

    @Test
    void updateModelNamesTheVersionThatServes() {
        models.promote(ModelFixtures.constant("7", 0.25));

        var answer = updateModel();

        assertThat(answer.getStatusCode()).isEqualTo(200);
        assertThat(answer.getBody())
                .isEqualTo("{\"message\":\"version 7 is intact and in production\",\"model_version\":\"7\"}");
    }

    @Test
    void updateModelFollowsTheRegistrysAlias() {
        models.promote(ModelFixtures.constant("7", 0.25));
        models.publish(ModelFixtures.constant("8", 0.25));
        registry.assign(ModelAlias.PRODUCTION, ModelFixtures.identity("8"));

        assertThat(updateModel().getBody()).contains("\"model_version\":\"8\"");
        assertThat(models.production().version()).isEqualTo(new ModelVersion("8"));
    }

    @Test
    void updateModelSaysWhatWasNotDone() {
        models.promote(ModelFixtures.constant("7", 0.25));
        models.publish(ModelFixtures.constant("8", 0.25));
        registry.assign(ModelAlias.PRODUCTION, ModelFixtures.identity("8"));
        workflow.damage();

        assertThat(updateModel().getBody())
                .isEqualTo("{\"message\":\"version 8 is intact and in production\",\"model_version\":\"8\","
                        + "\"notes\":[\"the record is damaged\"]}");
    }

    @Test
    void everyCallHasTheWholeTime() {
        twoAfterOne();
        rollback("{\"reason\":\"a complaint\"}");
        clock.pass(MlflowLimits.PATIENCE.plusMillis(1));
        assertThat(deadline.isOver()).isTrue();

        rollback("{\"reason\":\"a complaint\"}");

        assertThat(deadline.isOver()).isFalse();
    }

    @Test
    void updateModelSaysThatMlflowDoesNotAnswer() {
        models.promote(ModelFixtures.constant("7", 0.25));
        registry.answerOnly(0);

        var answer = updateModel();

        assertThat(answer.getStatusCode()).isEqualTo(503);
        assertThat(answer.getBody()).contains("MLflow does not answer");
        var line = MetricLines.read(
                        lines.toString(StandardCharsets.UTF_8).lines().toList())
                .getFirst();
        assertThat(line.get("Refused").asInt()).isEqualTo(1);
        assertThat(line.get("reason").asString()).isEqualTo("unavailable");
        assertThat(models.production().version()).isEqualTo(new ModelVersion("7"));
    }

    @Test
    void updateModelSaysThatNoTrainingMadeTheVersionWithTheAlias() {
        models.promote(ModelFixtures.constant("7", 0.25));
        registry.assignByHand(ModelAlias.PRODUCTION, new ModelVersion("13"));

        var answer = updateModel();

        assertThat(answer.getStatusCode()).isEqualTo(409);
        assertThat(answer.getHeaders()).doesNotContainKey("Retry-After");
        assertThat(answer.getBody())
                .contains("version 13 has no hash: no training made it; these can serve, newest first: 7");
        assertThat(models.production().version()).isEqualTo(new ModelVersion("7"));
    }

    @Test
    void updateModelSaysThatThePointerCannotBeRead() {
        models.promote(ModelFixtures.constant("7", 0.25));
        models.damagePointer();

        var answer = updateModel();

        assertThat(answer.getStatusCode()).isEqualTo(409);
        assertThat(answer.getBody()).contains("the pointer in memory cannot be read");
    }

    @Test
    void updateModelRefusesADamagedBundle() {
        models.promoteUnusable("8");

        var answer = updateModel();

        assertThat(answer.getStatusCode()).isEqualTo(409);
        assertThat(answer.getBody()).contains("the bundle of version 8 is damaged");
    }

    @Test
    void updateModelSaysThatNoModelIsInProduction() {
        var answer = updateModel();

        assertThat(answer.getStatusCode()).isEqualTo(409);
        assertThat(answer.getBody()).contains("the pointer in memory is missing");
    }

    @Test
    void aRollbackWithoutAVersionGoesToTheFormerOneAndASecondOneBackAgain() {
        twoAfterOne();

        assertThat(rollback("{\"reason\":\"a complaint\"}").getBody())
                .isEqualTo("""
            {"message":"version 1 is in production again, in place of version 2","model_version":"1",\
            "manifest_sha256":"%s","former_model_version":"2"}""".formatted(ModelFixtures.identity("1").manifestHash()));
        assertThat(rollback("{\"reason\":\"a complaint\"}").getBody()).contains("\"model_version\":\"2\"");
    }

    @Test
    void aRollbackGoesToTheVersionThatIsNamed() {
        twoAfterOne();
        models.publish(ModelFixtures.constant("3", 0.5));

        var answer = rollback("{\"model_version\":\"3\",\"reason\":\"a complaint\"}");

        assertThat(answer.getStatusCode()).isEqualTo(200);
        assertThat(answer.getHeaders()).containsEntry("X-Model-Version", "3");
        assertThat(models.production().version()).isEqualTo(new ModelVersion("3"));
    }

    @Test
    void whoRollsBackAndWhyIsRecorded() {
        twoAfterOne();

        rollback("{\"reason\":\" a complaint \"}");

        assertThat(workflow.decisions())
                .extracting(ModelDecision::kind, ModelDecision::decidedBy, ModelDecision::reason)
                .containsExactly(tuple(ModelDecision.Kind.ROLLED_BACK, "ada", "a complaint"));
    }

    @Test
    void whoMovedTheAliasIsRecorded() {
        models.promote(ModelFixtures.constant("7", 0.25));
        models.publish(ModelFixtures.constant("8", 0.25));
        registry.assign(ModelAlias.PRODUCTION, ModelFixtures.identity("8"));

        updateModel();

        assertThat(workflow.decisions())
                .extracting(ModelDecision::kind, ModelDecision::decidedBy)
                .containsExactly(tuple(ModelDecision.Kind.ALIAS_FOLLOWED, "ada"));
    }

    @Test
    void aCallWithoutAPersonIsRefused() {
        twoAfterOne();

        var answer = Events.called(
                handler,
                Events.parsed("operations_handler.json", APIGatewayProxyRequestEvent.class)
                        .withResource("/operations/rollback")
                        .withBody("{\"reason\":\"a complaint\"}"));

        assertThat(answer.getStatusCode()).isEqualTo(401);
        assertThat(models.production().version()).isEqualTo(new ModelVersion("2"));
    }

    @Test
    void aRollbackSaysWhatMlflowDidNotDo() {
        twoAfterOne();
        registry.answerOnly(0);

        var answer = rollback("{\"reason\":\"a complaint\"}");

        assertThat(answer.getStatusCode()).isEqualTo(200);
        assertThat(answer.getBody())
                .contains("\"model_version\":\"1\"", "\"notes\":[\"the registry's aliases were not all moved");
    }

    @Test
    void aRollbackThatIsRefusedNamesTheModelsThatCanServe() {
        twoAfterOne();

        var answer = rollback("{\"model_version\":\"9\",\"reason\":\"a complaint\"}");

        assertThat(answer.getStatusCode()).isEqualTo(409);
        assertThat(answer.getBody()).contains("no model 9 is in the store; these can serve, newest first: 2, 1");
    }

    /// The write may have happened: a client that repeats the call by itself would undo it.
    @Test
    void aStoreThatDoesNotAnswerLeavesTheOutcomeUnknown() {
        twoAfterOne();
        models.readOnly(true);

        var answer = rollback("{\"reason\":\"a complaint\"}");

        assertThat(answer.getStatusCode()).isEqualTo(503);
        assertThat(answer.getHeaders()).doesNotContainKey("Retry-After");
        assertThat(answer.getBody()).contains("it is not known whether production changed: ask /model-info");
    }

    @Test
    void anOperatorWhoWasSlowerThanAnotherIsToldWhatServesNow() {
        twoAfterOne();
        models.meanwhile(() -> models.promote(ModelFixtures.constant("3", 0.3)));
        var rollback = rollback("{\"reason\":\"a complaint\"}");
        registry.assign(ModelAlias.PRODUCTION, ModelFixtures.identity("1"));
        models.meanwhile(() -> models.promote(ModelFixtures.constant("4", 0.3)));
        var update = updateModel();

        assertThat(rollback.getStatusCode()).isEqualTo(409);
        assertThat(rollback.getBody()).contains("production changed meanwhile: version 3 serves now");
        assertThat(update.getStatusCode()).isEqualTo(409);
        assertThat(update.getBody()).contains("production changed meanwhile: version 4 serves now");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "null",
                "[]",
                "\"1\"",
                "",
                "{}",
                "{\"model_version\":\"1\"}",
                "{\"reason\":\"\"}",
                "{\"reason\":\" \"}",
                "{\"reason\":7}",
                "{\"reason\":\"two\\nlines\"}",
                "{\"version\":\"1\",\"reason\":\"a complaint\"}",
                "{\"model_version\":1,\"reason\":\"a complaint\"}",
                "{\"model_version\":null,\"reason\":\"a complaint\"}",
                "{\"model_version\":\"../1\",\"reason\":\"a complaint\"}",
                "{\"model_version\":\"1@\",\"reason\":\"a complaint\"}",
                "{\"model_version\":\"1@xyz\",\"reason\":\"a complaint\"}"
            })
    void aRollbackOfAMalformedBodyChangesNothing(String body) {
        twoAfterOne();

        assertThat(rollback(body).getStatusCode()).isEqualTo(400);
        assertThat(models.production().version()).isEqualTo(new ModelVersion("2"));
    }

    @Test
    void anApprovalResumesItsTraining() {
        workflow.keep(new PendingApproval(new Execution("one"), ModelFixtures.identity("3"), null, "token"));

        var answer = approval("{\"model_version\":\"3\",\"decision\":\"approve\",\"reason\":\"case 17\"}");

        assertThat(answer.getStatusCode()).isEqualTo(200);
        assertThat(answer.getBody())
                .contains("version 3 is approved: the training one promotes it, unless another model is in production");
        assertThat(workflow.given()).containsEntry("token", new ApprovalAnswer(true, "ada", "case 17"));
    }

    @Test
    void aRejectionIsSaidToBeOne() {
        workflow.keep(new PendingApproval(new Execution("one"), ModelFixtures.identity("3"), null, "token"));

        var answer = approval("{\"model_version\":\"3\",\"decision\":\"reject\",\"reason\":\"case 17\"}");

        assertThat(answer.getBody())
                .contains("version 3 is rejected: the training one keeps what is in production")
                .doesNotContain("token");
        assertThat(workflow.given()).containsEntry("token", new ApprovalAnswer(false, "ada", "case 17"));
    }

    @Test
    void whatDoesNotWaitIsRefused() {
        var answer = approval("{\"model_version\":\"3\",\"decision\":\"approve\",\"reason\":\"case 17\"}");

        assertThat(answer.getStatusCode()).isEqualTo(409);
        assertThat(answer.getBody()).contains("version 3 does not wait for approval; none does");
    }

    private APIGatewayProxyResponseEvent approval(String body) {
        return Events.called(
                handler, byAda().withResource("/operations/approvals").withBody(body));
    }

    private void twoAfterOne() {
        models.promote(ModelFixtures.constant("1", 0.1));
        models.publish(ModelFixtures.constant("2", 0.2));
        models.promote(models.production().replacedBy(ModelFixtures.identity("2")));
    }

    @Test
    void anExportIsOrderedByItsPersonAndHasALinkWhenItIsDone() {
        var ordered = export("{\"from\":\"2025-05-01\",\"to\":\"2025-05-31\",\"reason\":\"a complaint\"}");

        assertThat(ordered.getStatusCode()).isEqualTo(202);
        var order = exports.ordered().getFirst();
        assertThat(ordered.getBody()).isEqualTo("{\"export_id\":\"%s\",\"status\":\"running\"}".formatted(order.id()));
        assertThat(order.requestedBy()).isEqualTo("ada");
        assertThat(order.reason()).hasValue("a complaint");
        new ExportRun(exports, exports, exports, clock).run(order);
        var state = exportState(order.id().value());
        assertThat(state.getStatusCode()).isEqualTo(200);
        assertThat(state.getBody()).isEqualTo("""
                {"export_id":"%1$s","status":"done","rows":0,"bytes":4,\
                "url":"https://exports.example/%1$s?seconds=900","url_valid_until":"2025-06-01T00:15:00Z"}""".formatted(order.id()));
        assertThat(state.getHeaders()).containsEntry("Cache-Control", "no-store");
    }

    @Test
    void anExportThatFailedSaysWhy() {
        exports.reachable(false);
        export("{\"from\":\"2025-05-01\",\"to\":\"2025-05-31\"}");
        var order = exports.ordered().getFirst();
        new ExportRun(exports, exports, exports, clock).run(order);

        assertThat(exportState(order.id().value()).getBody())
                .contains("\"status\":\"failed\",\"reason\":\"PostgreSQL did not answer\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"from\":\"2025-05-01\"}",
                "{\"from\":\"2025-05-01\",\"to\":\"2025-04-30\"}",
                "{\"from\":\"2025-05-01\",\"to\":\"2025-06-02\"}",
                "{\"from\":\"2024-05-01\",\"to\":\"2025-05-31\"}",
                "{\"from\":\"yesterday\",\"to\":\"2025-05-31\"}",
                "{\"from\":\"2025-02-30\",\"to\":\"2025-05-31\"}",
                "{\"from\":20250501,\"to\":\"2025-05-31\"}",
                "{\"from\":\"2025-05-01\",\"to\":\"2025-05-31\",\"until\":\"2025-05-31\"}",
                "{\"from\":\"2025-05-01\",\"to\":\"2025-05-31\",\"reason\":\"\"}",
                "{\"from\":\"2025-05-01\",\"to\":\"2025-05-31\",\"reason\":7}",
            })
    void anotherOrderOfAnExportIsRefused(String body) {
        assertThat(export(body).getStatusCode()).isEqualTo(400);
        assertThat(exports.ordered()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"20250601T000000Z-0123456789abcdef", "../models", "", "x"})
    void anUnknownExportIsNotFound(String id) {
        assertThat(exportState(id).getStatusCode()).isEqualTo(404);
    }

    @Test
    void anExportThatCannotBeStartedIsRefused() {
        exports.refuseTasks();

        var answer = export("{\"from\":\"2025-05-01\",\"to\":\"2025-05-31\"}");

        assertThat(answer.getStatusCode()).isEqualTo(503);
        assertThat(answer.getBody()).contains("exports can be neither ordered nor looked up now");
    }

    private APIGatewayProxyResponseEvent export(String body) {
        return Events.called(
                handler,
                new APIGatewayProxyRequestEvent()
                        .withHttpMethod("POST")
                        .withResource("/operations/exports")
                        .withHeaders(Map.of("Authorization", new BasicCredentials("ada", "secret").authorization()))
                        .withBody(body));
    }

    private APIGatewayProxyResponseEvent exportState(String id) {
        return Events.called(
                handler,
                new APIGatewayProxyRequestEvent()
                        .withHttpMethod("GET")
                        .withResource("/operations/exports/{export_id}")
                        .withPathParameters(Map.of("export_id", id)));
    }

    @Test
    void anOperatorStartsAndEndsTheShadow() {
        twoAfterOne();

        var started = shadow("{\"model_version\":\"1\",\"reason\":\"a complaint\"}");
        assertThat(started.getStatusCode()).isEqualTo(200);
        assertThat(started.getBody())
                .isEqualTo("""
                {"message":"version 1 is the shadow","model_version":"1","manifest_sha256":"%s",\
                "started_at":"2025-06-01T00:00:00Z","started_by":"ada","reason":"a complaint"}""".formatted(ModelFixtures.identity("1").manifestHash()));
        assertThat(models.shadow()).isInstanceOf(NamedShadow.class);

        assertThat(shadow("{\"reason\":\"enough rows\"}").getBody())
                .isEqualTo("{\"message\":\"no model is the shadow\",\"former_model_version\":\"1\"}");
        assertThat(models.shadow()).isEqualTo(NoShadow.NONE);
        assertThat(workflow.decisions())
                .extracting(ModelDecision::kind, ModelDecision::reason)
                .containsExactly(
                        tuple(ModelDecision.Kind.SHADOW_STARTED, "a complaint"),
                        tuple(ModelDecision.Kind.SHADOW_STOPPED, "enough rows"));
    }

    @Test
    void aModelThatCannotBeTheShadowIsRefused() {
        twoAfterOne();

        assertThat(shadow("{\"model_version\":\"2\",\"reason\":\"a complaint\"}")
                        .getBody())
                .contains("\"status\":409", "version 2 is in production: a model is not its own shadow");
        assertThat(shadow("{\"model_version\":\"9\",\"reason\":\"a complaint\"}")
                        .getBody())
                .contains("\"status\":409", "no model 9 is in the store; these can serve, newest first: 2, 1");
        models.damagePointer();
        assertThat(shadow("{\"model_version\":\"1\",\"reason\":\"a complaint\"}")
                        .getBody())
                .contains("\"status\":409", "the pointer in memory cannot be read");
    }

    @Test
    void anOperatorWhoIsSlowerThanAnotherIsToldWhatTheShadowIsNow() {
        twoAfterOne();
        models.meanwhile(() -> models.shadow(ModelFixtures.shadow("3")));

        assertThat(shadow("{\"model_version\":\"1\",\"reason\":\"a complaint\"}")
                        .getBody())
                .contains("\"status\":409", "version 3 is the shadow now, started by ada");
    }

    @Test
    void aStoreThatDoesNotAnswerLeavesOpenWhatTheShadowIs() {
        twoAfterOne();
        models.readOnly(true);

        var answer = shadow("{\"model_version\":\"1\",\"reason\":\"a complaint\"}");

        assertThat(answer.getStatusCode()).isEqualTo(503);
        assertThat(answer.getBody()).contains("it is not known whether the shadow changed: repeat the call");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{}", "{\"model_version\":\"1\"}", "{\"version\":\"1\",\"reason\":\"a complaint\"}"})
    void aMalformedBodyLeavesTheShadowAlone(String body) {
        twoAfterOne();

        assertThat(shadow(body).getStatusCode()).isEqualTo(400);
        assertThat(models.shadow()).isEqualTo(NoShadow.NONE);
    }

    private APIGatewayProxyResponseEvent shadow(String body) {
        return Events.called(handler, byAda().withResource("/operations/shadow").withBody(body));
    }

    private APIGatewayProxyResponseEvent rollback(String body) {
        return Events.called(
                handler, byAda().withResource("/operations/rollback").withBody(body));
    }

    private APIGatewayProxyResponseEvent updateModel() {
        return Events.called(handler, byAda());
    }

    private static APIGatewayProxyRequestEvent byAda() {
        var event = Events.parsed("operations_handler.json", APIGatewayProxyRequestEvent.class);
        var headers = new HashMap<>(event.getHeaders());
        headers.put("Authorization", new BasicCredentials("ada", "secret").authorization());
        return event.withHeaders(headers);
    }
}
