package vowcheck.launcher.command;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import vowcheck.launcher.LocalFolder;
import vowcheck.launcher.setup.Progress;

/// What the commands say about themselves.
final class Usage {

    private Usage() {}

    /// The commands that users call, by name, in the order of the usage.
    static Map<String, CommandLine> commands() {
        var commands = new LinkedHashMap<>(root().getSubcommands());
        commands.values()
                .removeIf(command -> command.getCommandSpec().usageMessage().hidden());
        return commands;
    }

    /// The help of all commands together.
    static String ofAll() {
        return root().getUsageMessage(Ansi.OFF);
    }

    /// The help of a command.
    static String of(String command) {
        return Objects.requireNonNull(root().getSubcommands().get(command)).getUsageMessage(Ansi.OFF);
    }

    private static CommandLine root() {
        var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        var clock = InstantSource.system();
        return Commands.of(
                new Invocation(
                        new LocalFolder(Path.of("none")),
                        Path.of("none"),
                        Map.of(),
                        clock,
                        new Progress(nowhere, clock, clock.instant()),
                        nowhere),
                nowhere);
    }
}
