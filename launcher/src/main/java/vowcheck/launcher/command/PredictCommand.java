package vowcheck.launcher.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.launcher.setup.CommandFailed;

@Command(
        name = "predict",
        description = {
            "Posts a JSON file and prints the answer.",
            "The file is one application, or a batch {\"instances\": [...]}."
        })
final class PredictCommand implements Callable<Integer> {

    private static final int OK_STATUS = 200;

    @Parameters(paramLabel = "FILE", description = "The file, named from the current directory.")
    private Path file = Path.of("");

    private final Invocation invocation;

    PredictCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException {
        var body = read(invocation.caller().resolve(file));
        boolean batch = JsonDocument.parse(body).has("instances");
        var answer = invocation.stage().api().post(batch ? "/batch_predict" : "/predict", body);
        invocation.out().println(answer.body());
        return answer.statusCode() == OK_STATUS ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private static String read(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new CommandFailed("there is no file " + file, e);
        }
    }
}
