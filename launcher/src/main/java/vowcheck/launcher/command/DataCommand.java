package vowcheck.launcher.command;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import vowcheck.adapters.aws.AwsClients;
import vowcheck.adapters.s3.DataReportJson;
import vowcheck.adapters.s3.S3DataReports;
import vowcheck.core.quality.DataReport;
import vowcheck.core.quality.DataReport.Occasion;
import vowcheck.launcher.DataText;
import vowcheck.launcher.setup.CommandFailed;

@Command(
        name = "data",
        description = {
            "Shows what the labelled rows look like that came in last.",
            "Prints the report of the last import or training: missing values, days without rows, people who recur, the"
                    + " share of divorces by month, and how far each feature is from the rows of the model that"
                    + " served then."
        })
final class DataCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..1",
            paramLabel = "OCCASION",
            description = "import or training. Default: whichever was later.")
    private @Nullable Occasion occasion;

    @Option(names = "--json", description = "Prints the report as JSON, with all months.")
    private boolean json;

    @Mixin
    private StageOption stage = new StageOption();

    private final Invocation invocation;

    DataCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        var report = report(invocation.stage(stage).bucket());
        if (json) {
            invocation.out().println(DataReportJson.write(report).json());
        } else {
            new DataText(report).print(invocation.out(), invocation.style());
        }
        return CommandLine.ExitCode.OK;
    }

    private DataReport report(String bucket) {
        var occasions = occasion == null ? List.of(Occasion.values()) : List.of(occasion);
        try (var s3 = AwsClients.s3()) {
            var reports = new S3DataReports(s3, bucket);
            return occasions.stream()
                    .flatMap(asked -> reports.last(asked).stream())
                    .max(Comparator.comparing(DataReport::madeAt))
                    .orElseThrow(() -> new CommandFailed("there is no report yet: %s makes one"
                            .formatted(occasions.stream()
                                    .map(asked -> "the next " + asked.fieldValue())
                                    .collect(Collectors.joining(" or ")))));
        }
    }

    /// The occasion that a word names; throws [IllegalArgumentException] for any other word.
    static Occasion occasion(String text) {
        return Arrays.stream(Occasion.values())
                .filter(known -> known.fieldValue().equals(text))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("it is '%s', expected import or training".formatted(text)));
    }
}
