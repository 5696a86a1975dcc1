package vowcheck.launcher.command;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import vowcheck.adapters.deployment.StageName;
import vowcheck.launcher.StageSynthesis;
import vowcheck.launcher.TextTable;
import vowcheck.launcher.TextTable.Cell;
import vowcheck.launcher.preflight.Finding;
import vowcheck.launcher.preflight.Finding.Verdict;
import vowcheck.launcher.preflight.Preflight;
import vowcheck.launcher.setup.FileTree;

@Command(
        name = "preflight",
        description = {
            "Says whether a stage can be deployed from here, and what is missing.",
            "Makes the stage's templates, and compares what they need with this machine and with the account of the"
                    + " caller's credentials, which it only reads. The exit code is 1 if something is missing."
        })
final class PreflightCommand implements Callable<Integer> {

    @Parameters(paramLabel = "STAGE", description = "dev or prod; local is for LocalStack.")
    private StageName stage = StageName.LOCAL;

    @Mixin
    private ContextOption context = new ContextOption();

    private final Invocation invocation;

    PreflightCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException {
        var told = context.values(stage.value());
        var assembly = Files.createTempDirectory("vowcheck-preflight");
        List<Finding> findings;
        try {
            new StageSynthesis(invocation.folder(), invocation.report(true)).write(stage.value(), assembly, told);
            findings = Preflight.findings(assembly, invocation.awsEndpoint());
        } finally {
            FileTree.delete(assembly);
        }
        var style = invocation.style();
        var table = new TextTable(style, "NEEDED", "RESULT", "FOUND", "WHAT TO DO");
        findings.forEach(finding -> table.row(
                Cell.plain(finding.needed()),
                new Cell(finding.verdict().word(), finding.verdict() == Verdict.OK ? style::good : style::bad),
                Cell.plain(finding.found()),
                Cell.plain(finding.advice())));
        table.print(invocation.out());
        long missing = count(findings, Verdict.MISSING);
        invocation
                .out()
                .printf(
                        "%d of %d are missing, %d could not be asked%n",
                        missing, findings.size(), count(findings, Verdict.UNKNOWN));
        return missing == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private static long count(List<Finding> findings, Verdict verdict) {
        return findings.stream().filter(finding -> finding.verdict() == verdict).count();
    }
}
