package vowcheck.launcher.command;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;
import software.amazon.awssdk.core.exception.SdkException;
import vowcheck.adapters.deployment.StageName;
import vowcheck.adapters.operators.OperatorRole;
import vowcheck.core.quality.DataReport;
import vowcheck.core.workflow.InvalidCutoff;
import vowcheck.core.workflow.SearchBudget;
import vowcheck.core.workflow.TrainingRequest;
import vowcheck.launcher.AwsFailure;
import vowcheck.launcher.setup.CommandFailed;
import vowcheck.launcher.setup.DiskSpace;
import vowcheck.training.imports.FileFormat;

/// All commands. The exit code is 0 after success, 1 after a failure and 2 after wrong arguments; then the error output
/// has one sentence.
final class Commands {

    private static final int USAGE_WIDTH = 100;

    private Commands() {}

    /// The command line, in the order of the usage. A new command is a line here.
    static CommandLine of(Invocation invocation) {
        return line(all(invocation), invocation);
    }

    /// The command line with only one of the commands: picocli examines each command for some milliseconds.
    static CommandLine only(String name, Invocation invocation) {
        var named = all(invocation).filter(command -> name(command).equals(name));
        return line(named.limit(1), invocation);
    }

    private static Stream<Object> all(Invocation invocation) {
        return Stream.of(
                new UpCommand(invocation),
                ScriptCommands.down(),
                new StatusCommand(invocation),
                new PredictCommand(invocation),
                new RetrainCommand(invocation),
                new RollbackCommand(invocation),
                new ShadowCommand(invocation),
                new ApproveCommand(invocation),
                new ReplayCommand(invocation),
                new ExportCommand(invocation),
                new ImportCommand(invocation),
                new DataCommand(invocation),
                new DriftCommand(invocation),
                new FollowCommand(invocation),
                new OpenCommand(invocation),
                new LogsCommand(invocation),
                new EnvCommand(invocation),
                new CompletionCommand(invocation),
                new KeyCommand(invocation),
                new EraseCommand(invocation),
                new OperatorCommand(invocation),
                new RedeployCommand(invocation),
                new SynthCommand(invocation),
                new PreflightCommand(invocation),
                new CostCommand(invocation),
                new MlflowCommand(invocation),
                ScriptCommands.test(),
                ScriptCommands.bench(),
                new SynthesizeCommand(invocation),
                new RehearseCommand(invocation),
                new EndedCommand(invocation));
    }

    private static String name(Object command) {
        return command instanceof CommandSpec described
                ? described.name()
                : command.getClass().getAnnotation(Command.class).name();
    }

    private static CommandLine line(Stream<Object> commands, Invocation invocation) {
        var line = new CommandLine(new VowcheckCommand());
        commands.forEach(line::addSubcommand);
        describe(line);
        line.getSubcommands().values().forEach(Commands::describe);
        return line.setOut(
                        new PrintWriter(invocation.out(), true, invocation.out().charset()))
                .setUsageHelpWidth(USAGE_WIDTH)
                .registerConverter(LocalDate.class, refusing(text -> cutoff(text, invocation.clock())))
                .registerConverter(Duration.class, refusing(KeyCommand::time))
                .registerConverter(StageName.class, refusing(StageName::named))
                .registerConverter(SearchBudget.Minutes.class, refusing(RetrainCommand::minutes))
                .registerConverter(SearchBudget.Trials.class, refusing(RetrainCommand::trials))
                .registerConverter(Long.class, refusing(CostCommand::number))
                .registerConverter(MlflowCommand.Direction.class, refusing(MlflowCommand.Direction::named))
                .registerConverter(KeyAction.class, refusing(KeyAction::named))
                .registerConverter(OperatorRole.class, refusing(OperatorRole::named))
                .registerConverter(DataReport.Occasion.class, refusing(DataCommand::occasion))
                .registerConverter(FileFormat.class, refusing(FileFormat::named))
                .registerConverter(CompletionCommand.Shell.class, refusing(CompletionCommand.Shell::named))
                .setParameterExceptionHandler((wrong, _) -> refuse(wrong, invocation.errors()))
                .setExecutionExceptionHandler((failure, _, _) -> fail(failure, invocation));
    }

    /// Gives each command its option `--help`, and all texts the same form.
    private static void describe(CommandLine command) {
        var help = OptionSpec.builder("-h", "--help").usageHelp(true).description("Shows this text.");
        command.getCommandSpec().addOption(help.build());
        command.getCommandSpec().parser().posixClusteredShortOptionsAllowed(false);
        command.getCommandSpec()
                .usageMessage()
                .sortOptions(false)
                .sortSynopsis(false)
                .descriptionHeading("%n")
                .parameterListHeading("%n")
                .optionListHeading("%n")
                .commandListHeading("%n");
    }

    /// The only dates of the command line are cutoffs.
    private static LocalDate cutoff(String text, InstantSource clock) {
        return TrainingRequest.of(Optional.of(text), Optional.empty(), clock).cutoff();
    }

    /// A converter that repeats the sentence of the type which refuses an argument.
    private static <T> ITypeConverter<T> refusing(Function<String, T> type) {
        return text -> {
            try {
                return type.apply(text);
            } catch (IllegalArgumentException | InvalidCutoff e) {
                throw new TypeConversionException(e.getMessage());
            }
        };
    }

    private static int refuse(ParameterException wrong, PrintStream errors) {
        var command = wrong.getCommandLine().getCommandSpec();
        errors.printf("vowcheck: %s: %s; see %s --help%n", command.name(), sentence(wrong), command.qualifiedName());
        return CommandLine.ExitCode.USAGE;
    }

    /// Picocli's own sentences name an argument by its index.
    private static String sentence(ParameterException wrong) {
        return switch (wrong) {
            case UnmatchedArgumentException e
            when e.isUnknownOption() ->
                "unknown option '%s'".formatted(e.getUnmatched().getFirst());
            case UnmatchedArgumentException e ->
                "unexpected argument '%s'".formatted(e.getUnmatched().getFirst());
            case MissingParameterException e
            when !e.getMissing().isEmpty() ->
                "%s is missing".formatted(label(e.getMissing().getFirst()));
            default -> String.valueOf(wrong.getMessage()).replaceFirst("^(Error|Invalid value for [^:]*): ", "");
        };
    }

    /// Of a group, one option is as good as another.
    private static String label(ArgSpec missing) {
        return missing instanceof OptionSpec option && option.group() == null
                ? option.longestName()
                : missing.paramLabel();
    }

    private static int fail(Exception failure, Invocation invocation) {
        invocation.errors().println("vowcheck: " + sentence(failure, invocation));
        return CommandLine.ExitCode.SOFTWARE;
    }

    /// A system that was stopped makes clients fail in many ways.
    private static String sentence(Exception failure, Invocation invocation) {
        if (invocation.hasLostSystem()) {
            return "the system was stopped: ./vowcheck up";
        }
        if (failure instanceof SdkException ofAws && invocation.usesAws()) {
            return AwsFailure.sentence(ofAws);
        }
        if (DiskSpace.saysFull(failure.toString()) && !(failure instanceof CommandFailed)) {
            return DiskSpace.sentence("the command", invocation.folder().logs());
        }
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
