package vowcheck.launcher.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import vowcheck.adapters.deployment.StageName;
import vowcheck.launcher.StageCosts;

@Command(
        name = "cost",
        description = {
            "Prints what a stage costs a month, idle and with predictions, by its templates.",
            "It also says how many of the prices nobody has compared with those of AWS."
        })
final class CostCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "STAGE", description = "local, dev or prod.")
    private StageName stage = StageName.LOCAL;

    @Option(
            names = "--predictions",
            paramLabel = "N",
            description = "How many predictions a month, one per request; 1000000 unless you say otherwise.")
    private Long predictions = 1_000_000L;

    @Mixin
    private ContextOption context = new ContextOption();

    private final Invocation invocation;

    CostCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException {
        invocation
                .out()
                .print(new StageCosts(invocation.folder())
                        .table(stage.value(), predictions, context.values(stage.value())));
        return CommandLine.ExitCode.OK;
    }

    /// The only whole number of the command line is one of predictions.
    static Long number(String text) {
        if (!text.matches("\\d{1,15}")) {
            throw new IllegalArgumentException(
                    "--predictions is '%s', expected a whole number of 0 or more".formatted(text));
        }
        return Long.valueOf(text);
    }
}
