package vowcheck.launcher.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.sfn.SfnClient;
import vowcheck.adapters.aws.AwsClients;
import vowcheck.adapters.deployment.StackOutput;
import vowcheck.adapters.s3.S3Imports;
import vowcheck.core.imports.ImportId;
import vowcheck.launcher.FileImport;
import vowcheck.training.imports.FileFormat;
import vowcheck.training.imports.ImportOrder;

@Command(
        name = "import",
        description = {
            "Loads labelled rows from a file: all of them, or none.",
            "The file is the raw auto-loan CSV, a CSV with the columns of the table divorce_predictions, or a plain"
                    + " pg_dump with this table, also compressed with gzip. Whatever does not fit is named by line and"
                    + " column."
        })
final class ImportCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "The file, named from the current directory.")
    private Path file = Path.of("");

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "loans, csv or dump. Default: recognised from the content.")
    private @Nullable FileFormat format;

    @Option(names = "--dry-run", description = "Checks everything, and loads nothing.")
    private boolean dryRun;

    @Option(
            names = "--first-day",
            paramLabel = "DATE",
            description = "The date of the first rows of the auto-loan CSV, which has no dates.")
    private @Nullable String firstDay;

    @Option(
            names = "--rows-a-day",
            paramLabel = "NUMBER",
            description = "How many rows of the auto-loan CSV get the same date; by default 179.")
    private int rowsADay = ImportOrder.ROWS_A_DAY;

    @Option(names = "--json", description = "Prints the report as JSON, and the steps to the error output.")
    private boolean json;

    @Mixin
    private StageOption stage = new StageOption();

    @Spec
    private CommandSpec command = CommandSpec.create();

    private final Invocation invocation;

    ImportCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException {
        var order = order();
        var deployed = invocation.stageToChange(stage);
        try (var s3 = AwsClients.s3();
                var stepFunctions = AwsClients.patient(SfnClient.builder())) {
            new FileImport(
                            new S3Imports(s3, deployed.bucket()),
                            stepFunctions,
                            deployed.name(),
                            deployed.deployment().output(StackOutput.IMPORT_STATE_MACHINE_ARN),
                            () -> new ImportId(UUID.randomUUID().toString()),
                            invocation.report(json))
                    .run(file.toString(), invocation.file(file), order);
        }
        return CommandLine.ExitCode.OK;
    }

    private ImportOrder order() {
        try {
            return new ImportOrder(
                    Optional.ofNullable(format),
                    dryRun,
                    Optional.ofNullable(firstDay).map(LocalDate::parse),
                    rowsADay);
        } catch (DateTimeParseException e) {
            throw wrong("--first-day is '%s', expected a date such as 2023-05-01".formatted(firstDay));
        } catch (IllegalArgumentException e) {
            throw wrong("--rows-a-day is %d, expected at least 1".formatted(rowsADay));
        }
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(command.commandLine(), sentence);
    }
}
