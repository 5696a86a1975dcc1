package vowcheck.launcher.command;

import java.util.Iterator;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "completion",
        description = {
            "Prints a script that completes the commands and options of ./vowcheck.",
            "For this shell: source <(./vowcheck completion bash). For every new shell, write it to a file that the"
                    + " shell reads when it starts."
        })
final class CompletionCommand implements Callable<Integer> {

    /// A shell completes `./vowcheck` by the last part of its path.
    private static final String PROGRAM = "vowcheck";

    @Parameters(paramLabel = "SHELL", completionCandidates = Names.class, description = "bash or zsh.")
    private Shell shell = Shell.BASH;

    private final Invocation invocation;

    CompletionCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        var script = AutoComplete.bash(PROGRAM, Commands.of(invocation));
        invocation
                .out()
                .println(
                        switch (shell) {
                            case BASH, ZSH -> script; // it finds out which of them reads it
                        });
        return CommandLine.ExitCode.OK;
    }

    /// What a shell completes.
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.of(Shell.values()).map(Shell::text).iterator();
        }
    }

    /// The shells that it knows.
    enum Shell {
        BASH,
        ZSH;

        static Shell named(String name) {
            return Stream.of(values())
                    .filter(shell -> shell.text().equals(name))
                    .findFirst()
                    .orElseThrow(() ->
                            new IllegalArgumentException("the shell is '%s', expected bash or zsh".formatted(name)));
        }

        private String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
