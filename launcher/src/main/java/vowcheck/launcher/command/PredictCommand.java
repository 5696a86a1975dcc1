package vowcheck.launcher.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import vowcheck.launcher.RequestFile;

@Command(
        name = "predict",
        description = {
            "Posts a JSON file and prints the answer.",
            "The file is one application, or a batch {\"instances\": [...]}."
        })
final class PredictCommand implements Callable<Integer> {

    private static final int OK_STATUS = 200;
    private static final Path STANDARD_INPUT = Path.of("-");

    @Parameters(
            paramLabel = "FILE",
            description = "The file, named from the current directory; - is the standard input.")
    private Path file = Path.of("");

    @Mixin
    private StageOption stage = new StageOption();

    private final Invocation invocation;

    PredictCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException {
        var request = file.equals(STANDARD_INPUT)
                ? RequestFile.read("the standard input", System.in)
                : RequestFile.read(file.toString(), invocation.file(file));
        var answer = invocation.stage(stage).api().post(request.path(), request.body());
        invocation.out().println(answer.body());
        return answer.status() == OK_STATUS ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
}
