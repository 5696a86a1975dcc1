package vowcheck.launcher.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import vowcheck.adapters.deployment.StageName;
import vowcheck.launcher.StageSynthesis;

@Command(
        name = "synth",
        description = {
            "Writes a stage's CloudFormation templates, without an account and without a running system.",
            "An unknown stage or key, a value that cannot be, or one that the stage lacks fails it; so does something"
                    + " that is older than its sources, except for local."
        })
final class SynthCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "STAGE", description = "local, dev or prod.")
    private StageName stage = StageName.LOCAL;

    @Parameters(index = "1", paramLabel = "DIR", description = "A new folder, named from the current directory.")
    private Path output = Path.of("");

    @Mixin
    private ContextOption context = new ContextOption();

    private final Invocation invocation;

    SynthCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException {
        var report = invocation.report(false);
        var folder = invocation.file(output);
        var templates = new StageSynthesis(invocation.folder(), report)
                .write(stage.value(), folder, context.values(stage.value()));
        report.progress()
                .say("the templates of stage %s are in %s: %s"
                        .formatted(stage.value(), folder, String.join(", ", templates)));
        return CommandLine.ExitCode.OK;
    }
}
