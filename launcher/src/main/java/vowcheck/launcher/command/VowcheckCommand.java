package vowcheck.launcher.command;

import picocli.CommandLine.Command;

/// The program itself.
@Command(
        name = "./vowcheck",
        synopsisSubcommandLabel = "COMMAND",
        description = "Runs vowcheck, a service that scores loan applications, on this machine.",
        footer = {
            "",
            "./vowcheck COMMAND --help describes a command. The exit code is 0 after success, 1 after a",
            "failure and 2 after wrong arguments."
        })
final class VowcheckCommand {}
