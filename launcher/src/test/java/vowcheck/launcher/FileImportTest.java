package vowcheck.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionRequest;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StartExecutionResponse;
import vowcheck.adapters.deployment.StageName;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.s3.S3Imports;
import vowcheck.core.imports.ImportId;
import vowcheck.launcher.setup.CommandFailed;
import vowcheck.training.imports.ImportOrder;
import vowcheck.training.imports.ImportReport;
import vowcheck.training.imports.ImportReport.Outcome;

class FileImportTest {

    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final ImportId ID = new ImportId("0b4bdb9c-4c6f-4c5e-9f3a-0d8d9b1f2a3c");
    private static final ImportOrder ORDER = new ImportOrder(Optional.empty(), true, Optional.empty(), 179);

    @TempDir
    private Path folder;

    private final S3Imports imports = new S3Imports(new Bucket(), "models");
    private final Workflow workflow = new Workflow();
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private Path file = Path.of("");

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("rows.csv");
        Files.writeString(file, "index,…");
    }

    @Test
    void theFileIsUploadedAndTheReportIsPrinted() throws IOException {
        workflow.report = new ImportReport(
                Outcome.LOADED,
                "2 labelled rows are loaded",
                List.of(new ImportReport.Count("rows checked", 2)),
                List.of());

        importing(false);

        assertThat(workflow.started).isEqualTo(ID.value());
        assertThat(imports.file(ID).readAllBytes()).isEqualTo(Files.readAllBytes(file));
        assertThat(ImportOrder.of(imports.order(ID))).isEqualTo(ORDER);
        assertThat(output.toString(UTF_8))
                .contains("uploading rows.csv", "2 labelled rows are loaded", "rows checked  2");
    }

    @Test
    void aRefusedFileFailsTheCommandAndItsFaultsArePrinted() {
        workflow.status = ExecutionStatus.FAILED;
        workflow.report = new ImportReport(
                Outcome.REFUSED, "1 of 2 rows are refused; nothing was loaded", List.of(), List.of("line 3: wrong"));

        assertThatThrownBy(() -> importing(false))
                .isInstanceOf(CommandFailed.class)
                .hasMessage("1 of 2 rows are refused; nothing was loaded");
        assertThat(output.toString(UTF_8)).contains("line 3: wrong");
    }

    @Test
    void theReportCanBeJson() throws IOException {
        workflow.report = new ImportReport(Outcome.DRY_RUN, "2 rows can be loaded", List.of(), List.of());

        importing(true);

        assertThat(ImportReport.of(JsonDocument.parse(output.toString(UTF_8)))).isEqualTo(workflow.report);
    }

    @Test
    void aTaskThatWroteNoReportIsAFailure() {
        workflow.status = ExecutionStatus.TIMED_OUT;

        assertThatThrownBy(() -> importing(false))
                .isInstanceOf(CommandFailed.class)
                .hasMessage("the workflow took longer than it may");
    }

    @Test
    void aFileThatIsNotThereIsNamedBeforeAnythingIsUploaded() {
        file = folder;

        assertThatThrownBy(() -> importing(false))
                .isInstanceOf(CommandFailed.class)
                .hasMessage("rows.csv is no file that can be read");
        assertThat(workflow.started).isEmpty();
    }

    private void importing(boolean json) throws IOException {
        var out = new PrintStream(output, true, UTF_8);
        var report = new Report(
                out,
                new PrintStream(new ByteArrayOutputStream(), true, UTF_8),
                Style.of(Map.of("NO_COLOR", "1")),
                json,
                InstantSource.fixed(NOW),
                NOW);
        new FileImport(imports, workflow, StageName.LOCAL, "machine", () -> ID, report, _ -> {})
                .run("rows.csv", file, ORDER);
    }

    /// One bucket, in memory.
    private static final class Bucket implements S3Client {

        private final Map<String, byte[]> objects = new HashMap<>();

        @Override
        public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
            try (var content = body.contentStreamProvider().newStream()) {
                objects.put(request.key(), content.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return PutObjectResponse.builder().build();
        }

        @Override
        public <T> T getObject(GetObjectRequest request, ResponseTransformer<GetObjectResponse, T> transformer) {
            byte[] content = objects.get(request.key());
            if (content == null) {
                throw NoSuchKeyException.builder().build();
            }
            try {
                return transformer.transform(
                        GetObjectResponse.builder().build(),
                        AbortableInputStream.create(new ByteArrayInputStream(content)));
            } catch (Exception e) { // what a transformer declares
                throw new IllegalStateException(e);
            }
        }

        @Override
        public String serviceName() {
            return "s3";
        }

        @Override
        public void close() {}
    }

    /// Runs at the first look, and has ended at the second one.
    private final class Workflow implements SfnClient {

        private String started = "";
        private ExecutionStatus status = ExecutionStatus.SUCCEEDED;
        private @Nullable ImportReport report;
        private int looks;

        @Override
        public StartExecutionResponse startExecution(StartExecutionRequest request) {
            started = request.name();
            return StartExecutionResponse.builder()
                    .executionArn("arn:" + started)
                    .build();
        }

        @Override
        public DescribeExecutionResponse describeExecution(DescribeExecutionRequest request) {
            looks++;
            if (looks == 2 && report != null) {
                imports.writeReport(ID, report.json());
            }
            return DescribeExecutionResponse.builder()
                    .status(looks == 1 ? ExecutionStatus.RUNNING : status)
                    .build();
        }

        @Override
        public String serviceName() {
            return "states";
        }

        @Override
        public void close() {}
    }
}
