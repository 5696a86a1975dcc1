package vowcheck.launcher.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
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
import vowcheck.launcher.PredictionExport;
import vowcheck.launcher.PredictionExport.Days;

@Command(
        name = "export",
        description = {
            "Writes the stored predictions of some days to a CSV file.",
            "Each prediction is a row: who asked, when, for which loan, the features, and what was answered by which"
                    + " model. Who exports what is kept on record. The file must not exist yet."
        })
final class ExportCommand implements Callable<Integer> {

    @Option(
            names = "--from",
            paramLabel = "DATE",
            required = true,
            description = "The first day, in UTC, such as 2025-05-01.")
    private String from = "";

    @Option(
            names = "--to",
            paramLabel = "DATE",
            required = true,
            description = "The last day, in UTC; at most 366 days in all.")
    private String to = "";

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "Why, such as the number of the case; kept in the record, and must not name a person.")
    private @Nullable String reason;

    @Parameters(
            paramLabel = "FILE",
            description = "The file, named from the current directory; one whose name ends with .gz stays compressed.")
    private Path file = Path.of("");

    @Mixin
    private StageOption stage = new StageOption();

    @Spec
    private CommandSpec command = CommandSpec.create();

    private final Invocation invocation;

    ExportCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException {
        var days = new Days(day("--from", from), day("--to", to), Optional.ofNullable(reason));
        if (days.to().isBefore(days.from())) {
            throw wrong("--to is %s, expected a day from %s (--from) on".formatted(days.to(), days.from()));
        }
        new PredictionExport(invocation.stage(stage).api(), invocation.operator(stage), invocation.report(false))
                .export(days, file.toString(), invocation.file(file));
        return CommandLine.ExitCode.OK;
    }

    private LocalDate day(String option, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw wrong("%s is '%s', expected a date such as 2025-05-01".formatted(option, text));
        }
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(command.commandLine(), sentence);
    }
}
