package vowcheck.launcher.command;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import vowcheck.adapters.deployment.ContextKey;

/// The option by which a stage is told what a synthesis needs.
final class ContextOption {

    @Option(
            names = {"-c", "--context"},
            paramLabel = "KEY=VALUE",
            description = "What the stage is told, such as allowedAddresses=203.0.113.0/24; infra-cdk/README.md lists"
                    + " the keys.")
    private List<String> values = List.of();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    /// The values, each of which is `KEY=VALUE`.
    ///
    /// @param stage what the command's own argument says
    List<String> values(String stage) {
        for (var value : values) {
            int separator = value.indexOf('=');
            if (separator < 1) {
                throw wrong("-c is '%s', expected KEY=VALUE".formatted(value));
            }
            if (value.substring(0, separator).equals(ContextKey.STAGE.text())) {
                throw wrong("-c is '%s', but the stage is the first argument, '%s'".formatted(value, stage));
            }
        }
        return values;
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(command.commandLine(), sentence);
    }
}
