package vowcheck.launcher;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import vowcheck.adapters.deployment.StackOutput;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.s3.S3Imports;
import vowcheck.core.imports.ImportId;
import vowcheck.training.imports.ImportOrder;
import vowcheck.training.imports.ImportReport;

/// Calls that let the functions and tasks of a local system call AWS.
final class StageCalls {

    private static final int ACCEPTED = 202;

    private static final String RUNNING = "running";

    /// A row of the auto-loan data, with an index that no other row has.
    private static final String ROWS = """
            index,Client_Income,Credit_Amount,Loan_Annuity,Age_Days,Employed_Days,Registration_Days,ID_Days,\
            Phone_Change,Credit_Bureau,Education_Days,Divorce,Date
            999999999,9000,40000.5,3000,10000,365243,5000,3000,0,1,4380,1,2025-06-01
            """;

    private final LocalSystem system;

    StageCalls(LocalSystem system) {
        this.system = system;
    }

    /// A prediction, with an id of the system's own: a client's key must be looked up in the database.
    HttpResponse<String> predict() {
        return system.post("/predict", application());
    }

    /// The id of an answer's request.
    static String id(HttpResponse<String> answer) {
        return answer.headers().firstValue("X-Request-Id").orElseThrow();
    }

    /// How many predictions of a request are stored.
    long stored(String id) {
        try {
            return Long.parseLong(
                    system.ask("SELECT count(*) FROM prediction_logs WHERE request_id = '%s'".formatted(id)));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    HttpResponse<String> health() {
        return system.send(system.request("/health"));
    }

    HttpResponse<String> erase() {
        return post("/operations/erasures", "{\"loan_id\": \"nobody\", \"reason\": \"test\"}");
    }

    HttpResponse<String> rollBack() {
        return post("/operations/rollback", "{\"model_version\": \"baseline\"}");
    }

    /// Orders an export of today's predictions.
    HttpResponse<String> order() {
        var today = LocalDate.now(ZoneOffset.UTC);
        return post(
                "/operations/exports",
                "{\"from\": \"%s\", \"to\": \"%s\", \"reason\": \"test\"}".formatted(today, today));
    }

    /// The export that was ordered; empty if the order was refused.
    static Optional<String> export(HttpResponse<String> order) {
        return order.statusCode() == ACCEPTED
                ? Optional.of(JsonDocument.parse(order.body()).text("export_id"))
                : Optional.empty();
    }

    HttpResponse<String> exportState(String export) {
        return system.send(system.asOperator(system.request("/operations/exports/" + export)));
    }

    /// The state of an export, once it has ended.
    JsonDocument awaitExport(String export) {
        return await("the end of the export " + export)
                .atMost(LocalSystem.PATIENCE)
                .until(
                        () -> JsonDocument.parse(exportState(export).body()),
                        state -> !state.text("status").equals(RUNNING));
    }

    /// Everything that the operators' function does.
    void operate() {
        rollBack();
        export(order()).ifPresent(this::exportState);
    }

    /// Starts a dry run of an import of one row.
    ImportId startImport() {
        var id = new ImportId(UUID.randomUUID().toString());
        try (var s3 = system.aws(S3Client.builder());
                var stepFunctions = system.aws(SfnClient.builder())) {
            var file = Files.createTempFile("rows", ".csv");
            try {
                Files.writeString(file, ROWS);
                imports(s3).upload(id, file, new ImportOrder(Optional.empty(), true, Optional.empty(), 1).json());
            } finally {
                Files.delete(file);
            }
            stepFunctions.startExecution(execution -> execution
                    .stateMachineArn(system.output(StackOutput.IMPORT_STATE_MACHINE_ARN))
                    .name(id.value()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return id;
    }

    /// The report of an import, once it has ended.
    ImportReport awaitImport(ImportId id) {
        try (var s3 = system.aws(S3Client.builder())) {
            var report = await("the report of the import " + id)
                    .atMost(LocalSystem.PATIENCE)
                    .until(() -> imports(s3).report(id), Optional::isPresent);
            return ImportReport.of(report.orElseThrow());
        }
    }

    private S3Imports imports(S3Client s3) {
        return new S3Imports(s3, system.output(StackOutput.MODEL_BUCKET_NAME));
    }

    private HttpResponse<String> post(String path, String body) {
        return system.send(system.asOperator(system.request(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static String application() {
        try {
            return LocalSystem.event("request_1.json");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
