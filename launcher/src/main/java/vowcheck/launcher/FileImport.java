package vowcheck.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import vowcheck.adapters.deployment.StageName;
import vowcheck.adapters.s3.S3Imports;
import vowcheck.core.imports.ImportId;
import vowcheck.core.workflow.WorkflowUnavailable;
import vowcheck.launcher.setup.CommandFailed;
import vowcheck.training.imports.ImportOrder;
import vowcheck.training.imports.ImportReport;

/// `import`: uploads a file with labelled rows, starts the workflow that loads it, waits for its end, and prints the
/// report.
public final class FileImport {

    /// S3 takes no more at once.
    static final long MOST_BYTES = 5L * 1024 * 1024 * 1024;

    private static final double MEGABYTE = 1e6;

    /// So many looks in a row may fail: the import goes on meanwhile.
    private static final int MOST_FAILED_LOOKS = 30;

    private final S3Imports imports;
    private final SfnClient stepFunctions;
    private final StageName stage;
    private final String machine;
    private final Supplier<ImportId> ids;
    private final Report report;
    private final Consumer<Duration> pause;

    /// @param stage whose workflow it is
    /// @param machine the workflow's ARN
    /// @param ids gives a new id
    public FileImport(
            S3Imports imports,
            SfnClient stepFunctions,
            StageName stage,
            String machine,
            Supplier<ImportId> ids,
            Report report) {
        this(
                imports,
                stepFunctions,
                stage,
                machine,
                ids,
                report,
                time -> Pause.of(time, "interrupted while waiting for the import"));
    }

    FileImport(
            S3Imports imports,
            SfnClient stepFunctions,
            StageName stage,
            String machine,
            Supplier<ImportId> ids,
            Report report,
            Consumer<Duration> pause) {
        this.imports = imports;
        this.stepFunctions = stepFunctions;
        this.stage = stage;
        this.machine = machine;
        this.ids = ids;
        this.report = report;
        this.pause = pause;
    }

    /// Imports a file; throws [CommandFailed], also when the file is refused.
    ///
    /// @param name how the user calls the file
    public void run(String name, Path file, ImportOrder order) throws IOException {
        long bytes = size(name, file);
        var id = ids.get();
        report.progress().say(String.format(Locale.ROOT, "uploading %s, %.1f MB", name, bytes / MEGABYTE));
        try {
            imports.upload(id, file, order.json());
        } catch (WorkflowUnavailable e) {
            var why = e.getCause() instanceof AwsServiceException refusal
                    ? AwsFailure.sentence(refusal)
                    : String.valueOf(e.getMessage());
            throw new CommandFailed("%s could not be uploaded: %s".formatted(name, why), e);
        }
        var execution = stepFunctions
                .startExecution(request -> request.stateMachineArn(machine).name(id.value()))
                .executionArn();
        report.progress().say("checking and loading its rows: import " + id);
        DescribeExecutionResponse end;
        try (var _ = InterruptionNotice.of(
                report.errors(), "the import goes on; for a day, imports/%s/report.json has its end".formatted(id))) {
            end = awaited(execution);
        }
        var written = imports.report(id).map(ImportReport::of).orElseThrow(() -> ExecutionEnd.failure(stage, end));
        print(written);
        if (!written.isSuccess()) {
            throw new CommandFailed(written.message());
        }
    }

    private static long size(String name, Path file) throws IOException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new CommandFailed("%s is no file that can be read".formatted(name));
        }
        long bytes = Files.size(file);
        if (bytes > MOST_BYTES) {
            throw new CommandFailed(
                    "%s has more than 5 GiB, which S3 does not take at once: compress it with gzip".formatted(name));
        }
        return bytes;
    }

    private DescribeExecutionResponse awaited(String execution) {
        int failures = 0;
        while (true) {
            try {
                var described = stepFunctions.describeExecution(request -> request.executionArn(execution));
                if (described.status() != ExecutionStatus.RUNNING) {
                    return described;
                }
                failures = 0;
            } catch (SdkException e) {
                failures++;
                if (failures > MOST_FAILED_LOOKS) {
                    throw e;
                }
            }
            pause.accept(DeployedStage.pollInterval(stage));
        }
    }

    private void print(ImportReport written) {
        if (report.asJson()) {
            report.out().println(written.json().json());
            return;
        }
        if (written.isSuccess()) {
            report.out().println(report.style().strong(written.message()));
        }
        var counts = new TextTable();
        written.counts().forEach(count -> counts.row("  " + count.what(), "%,d".formatted(count.number())));
        counts.print(report.out());
        written.faults().forEach(fault -> report.out().println("  " + fault));
    }
}
