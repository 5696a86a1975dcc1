package vowcheck.launcher.command;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import vowcheck.launcher.Browser;

@Command(
        name = "open",
        description = {
            "Opens MLflow's pages in the browser, or prints their address.",
            "They show the runs with their metrics and files, and the model versions with their aliases. The browser"
                    + " asks for an operator's name and password; the command says which."
        })
final class OpenCommand implements Callable<Integer> {

    @Mixin
    private StageOption stage = new StageOption();

    private final Invocation invocation;

    OpenCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        var pages = invocation.stage(stage).address().mlflowPages();
        var browser = new Browser(invocation.environment());
        if (invocation.isOfSystem(stage)) {
            browser.open(
                    pages,
                    invocation.operator(stage).user(),
                    "the operator_password of ./vowcheck status --json",
                    invocation.out());
        } else {
            browser.open(pages, "an operator of the stage", "that person's own", invocation.out());
        }
        return CommandLine.ExitCode.OK;
    }
}
