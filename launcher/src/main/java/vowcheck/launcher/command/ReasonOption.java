package vowcheck.launcher.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import vowcheck.core.workflow.DecisionReason;

/// The option `--reason` of the commands that decide about the model in production.
final class ReasonOption {

    private ReasonOption() {}

    /// The reason without spaces around it. Throws [ParameterException] that says what was expected.
    static String valid(CommandSpec command, String text) {
        try {
            return new DecisionReason(text).text();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
