package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The documents name only classes, methods, settings and files that exist: a rename that forgets them fails here.
class DocumentsTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Set<String> NOT_SOURCES = Set.of("target", "node_modules", "cdk.out", "venv", "__pycache__");

    /// Names that occur in documents only: those of other software, and examples.
    private static final Set<String> ONLY_IN_DOCUMENTS = Set.of(
            "CategoricalIDInfoProto",
            "DeletionPolicy",
            "DescribeAlarms",
            "DescribeStacks",
            "FilterLogEvents",
            "GetExecutionHistory",
            "GetTemplate",
            "LambdaLogger",
            "insecureSkipVerification",
            "ListExecutions",
            "RealIDInfoProto",
            "StartExecution",
            "StartFlightRecording",
            "TestUtils",
            "timeoutMillis");

    private static final Pattern INLINE_CODE = Pattern.compile("`([^`\n]+)`");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)[^)]*\\)");
    private static final Pattern IDENTIFIER = Pattern.compile("\\b[A-Za-z][a-z0-9]+(?:[A-Z][A-Za-z0-9]*)+\\b");
    private static final Pattern SOURCE_FILE = Pattern.compile("[\\w./-]+\\.(?:java|md|pem|py|sh|sql|toml|txt)");

    /// What the user sees of other programs' messages.
    private static final Set<String> OF_OTHER_PROGRAMS = Set.of("unshare:", "Operation not permitted");

    private static final Pattern PRINTS =
            Pattern.compile("vowcheck|(?:launcher|functions)/.*/main/.*\\.java|.*/src/.*\\.py");

    /// Between the parts of a text that takes several lines in Java.
    private static final Pattern JOINED_TEXTS = Pattern.compile("\"\\s*\\+\\s*\"");

    /// Shorter parts of a message occur anywhere.
    private static final int SHORT = 7;

    private static final List<Path> FILES = new ArrayList<>();
    private static final Set<String> IDENTIFIERS = new TreeSet<>();

    @BeforeAll
    static void readTheSources() throws IOException {
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                var name = folder.getFileName().toString();
                boolean skipped = name.startsWith(".") || NOT_SOURCES.contains(name) || name.endsWith(".egg-info");
                return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                FILES.add(file);
                return FileVisitResult.CONTINUE;
            }
        });
        for (var file : FILES) {
            if (file.toString().matches(".*\\.(?:java|json|py)") && !file.endsWith("DocumentsTest.java")) {
                matches(IDENTIFIER, Files.readString(file))
                        .map(MatchResult::group)
                        .forEach(IDENTIFIERS::add);
            }
        }
    }

    @Test
    void documentsNameOnlyIdentifiersThatTheSourcesContain() throws IOException {
        var unknown = new TreeSet<String>();
        for (var document : documents()) {
            inlineCode(document)
                    .flatMap(code -> matches(IDENTIFIER, code))
                    .map(MatchResult::group)
                    .filter(name -> !IDENTIFIERS.contains(name) && !ONLY_IN_DOCUMENTS.contains(name))
                    .forEach(name -> unknown.add(ROOT.relativize(document) + ": " + name));
        }

        assertThat(unknown).isEmpty();
    }

    @Test
    void linksAndFileNamesInDocumentsLeadToFiles() throws IOException {
        var missing = new TreeSet<String>();
        for (var document : documents()) {
            matches(LINK, Files.readString(document))
                    .map(link -> link.group(1))
                    .filter(target -> !target.startsWith("http") && !Files.exists(document.resolveSibling(target)))
                    .forEach(target -> missing.add(ROOT.relativize(document) + ": " + target));
            inlineCode(document)
                    .filter(code -> SOURCE_FILE.matcher(code).matches())
                    .map(name -> Path.of(name).normalize())
                    .filter(name -> !Files.exists(document.resolveSibling(name))
                            && FILES.stream().noneMatch(file -> file.endsWith(name)))
                    .forEach(name -> missing.add(ROOT.relativize(document) + ": " + name));
        }

        assertThat(missing).isEmpty();
    }

    @Test
    void messagesThatAUserLooksUpAreThoseThatTheProgramsPrint() throws IOException {
        var printed = new StringBuilder();
        for (var file : FILES) {
            if (PRINTS.matcher(ROOT.relativize(file).toString()).matches()) {
                printed.append(JOINED_TEXTS.matcher(Files.readString(file)).replaceAll(""));
            }
        }
        var unknown = new TreeSet<String>();
        try (var lines = Files.lines(ROOT.resolve("docs/troubleshooting.md"))) {
            lines.filter(line -> line.startsWith("|"))
                    .flatMap(line -> matches(INLINE_CODE, line.split("\\|", -1)[1]))
                    .flatMap(code -> Stream.of(code.group(1).split("…", -1)))
                    .map(String::strip)
                    .filter(part -> part.length() > SHORT && !OF_OTHER_PROGRAMS.contains(part))
                    .filter(part -> printed.indexOf(part) < 0)
                    .forEach(unknown::add);
        }

        assertThat(unknown).isEmpty();
    }

    private static List<Path> documents() {
        return FILES.stream().filter(file -> file.toString().endsWith(".md")).toList();
    }

    private static Stream<String> inlineCode(Path document) throws IOException {
        return matches(INLINE_CODE, Files.readString(document)).map(code -> code.group(1));
    }

    private static Stream<MatchResult> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }
}
