package vowcheck.launcher.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import vowcheck.core.workflow.DecisionReason;

/// The option `--reason` of the commands that decide about the model in production.
final class ReasonOption {

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            required = true,
            description = "Why, in one line; kept in the record with your name.")
    private String reason = "";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    /// The reason without spaces around it. Throws [ParameterException] that says what was expected.
    String valid() {
        return valid(command, reason);
    }

    /// The same of a reason that a command reads by itself.
    static String valid(CommandSpec command, String text) {
        try {
            return new DecisionReason(text).text();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
