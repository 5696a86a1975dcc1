package vowcheck.launcher.command;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// The commands that the script `vowcheck` carries out by itself, since they must work before anything is built, or
/// start other programs than the launcher. Here they are only described; the script checks their arguments.
final class ScriptCommands {

    private ScriptCommands() {}

    static CommandSpec down() {
        return command(
                        "down",
                        "Stops what up started.",
                        "Rows, models and secrets are kept, even after a crash; messages in a queue are not. A training,"
                                + " replay or import that runs ends, which is said with the command that starts it"
                                + " again.")
                .addOption(flag("--wipe", "Also deletes rows, models and secrets; the installed tools stay."))
                .addOption(
                        flag("--purge", "Also deletes the tools and everything that is built, of this whole clone."));
    }

    static CommandSpec test() {
        return command(
                        "test",
                        "Builds, checks and tests everything, end to end on LocalStack.",
                        "The system tests run on local systems of their own, which they delete at the end.")
                .addOption(flag(
                        "--all",
                        "Also runs the slow tests: the pages in a browser, the replay of a year, the chaos walk and the"
                                + " container images."));
    }

    static CommandSpec bench() {
        var bench = command(
                        "bench",
                        "Measures the scoring function or the training on this machine; see docs/benchmarks.md.",
                        "The figures are printed and written to a file; a part ends after some minutes at most.")
                .addPositional(PositionalParamSpec.builder()
                        .type(String[].class)
                        .arity("0..*")
                        .paramLabel("PART")
                        .completionCandidates(List.of("serving", "cold", "micro", "training"))
                        .description(
                                "serving: predictions and batches of one environment, of eight side by side, and"
                                        + " storing alone; measured unless another part is named.",
                                "cold: the first answers of new environments.",
                                "micro: reading, scoring and explaining, without I/O.",
                                "training: trainer and training task beside XGBoost alone, on 200,000 and on"
                                        + " 2,000,000 rows.")
                        .build())
                .addOption(flag("--quick", "Measures for less time, less exactly."))
                .addOption(flag("--large", "Also trains on 10,000,000 rows, which takes half an hour or more."))
                .addOption(OptionSpec.builder("--compare")
                        .type(String.class)
                        .paramLabel("FILE")
                        .description("Shows the figures of a former run beside the new ones, and the ratios.")
                        .build())
                .addOption(OptionSpec.builder("--java")
                        .type(String[].class)
                        .paramLabel("OPTIONS")
                        .description("Options for the functions' JVMs.")
                        .build());
        bench.parser().separator(" "); // as the script splits its arguments
        return bench;
    }

    private static CommandSpec command(String name, String... description) {
        var command = CommandSpec.create().name(name);
        command.usageMessage().description(description);
        return command;
    }

    private static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name)
                .type(boolean.class)
                .description(description)
                .build();
    }
}
