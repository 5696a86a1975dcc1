package vowcheck.launcher.command;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.clients.ClientName;
import vowcheck.core.erasure.ErasureReason;
import vowcheck.core.erasure.ErasureSubject;
import vowcheck.core.scoring.LoanId;
import vowcheck.core.scoring.RequestId;
import vowcheck.launcher.DeployedStage;
import vowcheck.launcher.TextTable;
import vowcheck.launcher.setup.CommandFailed;

@Command(
        name = "erase",
        description = {
            "Erases what is stored about a person, and says which copies it cannot reach.",
            "By the loan, as the applications named it, or a whole request by its id. An id of - is read from the standard"
                    + " input, so that it stays out of the shell's history. What was erased cannot be brought back."
        })
final class EraseCommand implements Callable<Integer> {

    private static final int OK_STATUS = 200;
    private static final String STANDARD_INPUT = "-";

    @ArgGroup(multiplicity = "1")
    private Subject subject = new Subject();

    @Option(
            names = "--client",
            paramLabel = "NAME",
            description = "With --request: the client that made the request; by default clerks.")
    private @Nullable String client;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            required = true,
            description = "Why, such as the number of the case; kept in the record, and must not name the person.")
    private String reason = "";

    @Option(names = "--yes", description = "Does not ask for confirmation.")
    private boolean confirmed;

    @Option(names = "--json", description = "Prints the answer of the API as JSON.")
    private boolean json;

    @Mixin
    private StageOption stage = new StageOption();

    @Spec
    private CommandLine.Model.CommandSpec command = CommandLine.Model.CommandSpec.create();

    private final Invocation invocation;

    EraseCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    /// Exactly one of them.
    static final class Subject {

        @Option(names = "--loan", paramLabel = "ID", description = "The loan: its applications and labelled rows.")
        private @Nullable String loan;

        @Option(names = "--request", paramLabel = "ID", description = "The request: all of its applications.")
        private @Nullable String request;
    }

    @Override
    public Integer call() throws IOException {
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var order = order(input);
        var target = invocation.stageToChange(stage);
        var operator = invocation.operator(stage);
        if (!confirmed) {
            confirm(input, target);
        }
        var answer = target.api().post("/operations/erasures", order.json(), operator);
        if (answer.status() != OK_STATUS) {
            throw new CommandFailed("not erased: " + answer.detail());
        }
        if (json) {
            invocation.out().println(answer.body());
        } else {
            print(JsonDocument.parse(answer.body()));
        }
        return CommandLine.ExitCode.OK;
    }

    private JsonObject order(BufferedReader input) throws IOException {
        var erased = subject(input);
        var why = valid(reason, text -> new ErasureReason(text).about(erased));
        var json = switch (erased) {
            case ErasureSubject.OfLoan(var loan) -> new JsonObject().with(LoanId.FIELD_NAME, loan.value());
            case ErasureSubject.OfRequest(var name, var request) ->
                new JsonObject().with("request_id", request.value()).with("client", name.value());
        };
        return json.with("reason", why.text());
    }

    private ErasureSubject subject(BufferedReader input) throws IOException {
        if (subject.loan != null) {
            if (client != null) {
                throw wrong("--client belongs to --request");
            }
            return new ErasureSubject.OfLoan(valid(given(subject.loan, "the loan's id", input), LoanId::new));
        }
        var name = client == null ? ClientName.CLERKS : valid(client, ClientName::new);
        var request = valid(given(String.valueOf(subject.request), "the request's id", input), RequestId::new);
        return new ErasureSubject.OfRequest(name, request);
    }

    private String given(String argument, String what, BufferedReader input) throws IOException {
        if (!argument.equals(STANDARD_INPUT)) {
            return argument;
        }
        var line = input.readLine();
        if (line == null) {
            throw wrong(what + " is missing: it is the first line of the input");
        }
        return line.strip();
    }

    /// Someone must answer, so that a script erases nothing by mistake.
    private void confirm(BufferedReader input, DeployedStage target) throws IOException {
        if (Optional.ofNullable(System.console()).filter(Console::isTerminal).isEmpty()) {
            throw wrong("nobody can confirm it here: add --yes");
        }
        invocation.errors().printf("This cannot be undone. Erase on %s? [y/N] ", target.place());
        var answer = input.readLine();
        if (answer == null || !answer.strip().equalsIgnoreCase("y")) {
            throw new CommandFailed("nothing was erased");
        }
    }

    private void print(JsonDocument answer) {
        var out = invocation.out();
        var style = invocation.style();
        var erased = answer.document("erased");
        out.println(style.strong("erased at " + answer.text("erased_at")));
        var counts = new TextTable();
        erased.names()
                .forEach(name -> counts.row("  " + name.replace('_', ' '), String.valueOf(erased.longInteger(name))));
        counts.print(out);
        out.println(style.strong("not reached"));
        var copies = new TextTable();
        for (var copy : answer.documents("not_reached")) {
            var until = copy.has("until") ? "until " + copy.text("until").substring(0, "2026-11-26".length()) : "";
            copies.row("  " + copy.text("where"), until, copy.text("note"));
        }
        copies.print(out);
    }

    private <T> T valid(String text, Function<String, T> type) {
        try {
            return type.apply(text);
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(command.commandLine(), sentence);
    }
}
