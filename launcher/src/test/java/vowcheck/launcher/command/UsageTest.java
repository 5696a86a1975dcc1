package vowcheck.launcher.command;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// The script `vowcheck` answers `--help` from files, since it must do so before anything is built. To write them and
/// the table in `docs/commands.md` again after a change:
/// `mvn -pl launcher -am test -Dtest=UsageTest -Dsurefire.failIfNoSpecifiedTests=false -Drewrite`
class UsageTest {

    private static final boolean REWRITE = System.getProperty("rewrite") != null;

    private static final Path ALL = Path.of("usage.txt");
    private static final Path EACH = Path.of("usage");

    private static final Path ROOT = Path.of("..");
    private static final Path PAGE = ROOT.resolve("docs/commands.md");
    private static final String TABLE_BEGIN = "| command | what it does |\n|---|---|\n";

    /// A command in a document, with its arguments up to the end of the code.
    private static final Pattern COMMAND = Pattern.compile("\\./vowcheck ([a-z]+)\\b([^`\n|;)>]*)");
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z-]+");

    @Test
    void theFilesHaveTheHelpOfEveryCommand() throws IOException {
        var expected = new TreeMap<String, String>();
        Usage.commands().forEach((name, _) -> expected.put(name + ".txt", Usage.of(name)));
        if (REWRITE) {
            rewrite(expected);
        }

        assertThat(ALL).hasContent(Usage.ofAll());
        try (var files = Files.list(EACH)) {
            assertThat(files.collect(toMap(file -> file.getFileName().toString(), UsageTest::text)))
                    .isEqualTo(expected);
        }
    }

    @Test
    void thePageHasARowForEveryCommand() throws IOException {
        var page = Files.readString(PAGE);
        int begin = page.indexOf(TABLE_BEGIN) + TABLE_BEGIN.length();
        var rows = new StringBuilder();
        Usage.commands().forEach((_, command) -> rows.append(row(command)));
        var expected = page.substring(0, begin) + rows + page.substring(page.indexOf("\n\n", begin - 1) + 1);
        if (REWRITE) {
            Files.writeString(PAGE, expected);
        }

        assertThat(PAGE).hasContent(expected);
    }

    @Test
    void documentsNameOnlyCommandsAndOptionsThatExist() throws IOException {
        var commands = Usage.commands();
        var unknown = new TreeSet<String>();
        for (var document : documents()) {
            COMMAND.matcher(Files.readString(document)).results().forEach(found -> {
                var command = commands.get(found.group(1));
                if (command == null) {
                    unknown.add(document + ": " + found.group());
                    return;
                }
                OPTION.matcher(found.group(2))
                        .results()
                        .filter(option -> command.getCommandSpec().findOption(option.group()) == null)
                        .forEach(
                                option -> unknown.add("%s: %s %s".formatted(document, found.group(1), option.group())));
            });
        }

        assertThat(unknown).isEmpty();
    }

    private static String row(CommandLine command) {
        var usage = command.getCommandSpec().usageMessage();
        var synopsis = command.getHelp()
                .synopsis(0)
                .replace(" [-h]", "")
                .replaceAll("\\s+", " ") // a row of the table is one line
                .strip();
        return "| `%s` | %s |\n".formatted(synopsis.replace("|", "\\|"), String.join(" ", usage.description()));
    }

    private static void rewrite(Map<String, String> each) throws IOException {
        Files.writeString(ALL, Usage.ofAll());
        try (var files = Files.list(EACH)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
        for (var command : each.entrySet()) {
            Files.writeString(EACH.resolve(command.getKey()), command.getValue());
        }
    }

    private static Iterable<Path> documents() throws IOException {
        try (var top = Files.list(ROOT);
                var docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(top, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
