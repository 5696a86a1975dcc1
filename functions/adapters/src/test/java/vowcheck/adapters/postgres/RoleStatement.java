package vowcheck.adapters.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.jr.ob.JSON;

/// A statement that a function or the training has run, with the role that it works as. One that begins
/// with a comment ([#OF_TEST]) is a test's own, and is not recorded.
///
/// @param sql with the parameters as `$1`, `$2`, …
record RoleStatement(String role, String sql) implements Comparable<RoleStatement> {

    /// Begins a statement that a test sends as a role of the application, which no release sends.
    static final String OF_TEST = "/* test */ ";

    private static final Comparator<RoleStatement> ORDER =
            Comparator.comparing(RoleStatement::role).thenComparing(RoleStatement::sql);

    /// The server's log of a statement that it was sent, by the simple or by the extended protocol.
    private static final Pattern SENT = Pattern.compile("(?:execute [^:]+|statement): (?<sql>.*)", Pattern.DOTALL);

    /// PostgreSQL can plan these without running them.
    private static final Set<String> PLANNED = Set.of("SELECT", "WITH", "INSERT", "UPDATE", "DELETE");

    private static final Pattern FIRST_WORD = Pattern.compile("\\s*(\\w+)\\b.*", Pattern.DOTALL);

    /// Begins a statement in a file.
    private static final String HEADING = "-- as ";

    @Override
    public int compareTo(RoleStatement other) {
        return ORDER.compare(this, other);
    }

    /// The statements in a server's log, in its JSON format, that it can plan; those of the owner are left out.
    static SortedSet<RoleStatement> logged(Path dataDirectory) throws IOException {
        var result = new TreeSet<RoleStatement>();
        try (var files = Files.newDirectoryStream(dataDirectory.resolve("log"), "*.json")) {
            for (var file : files) {
                for (var line : Files.readAllLines(file)) {
                    statement(line).ifPresent(result::add);
                }
            }
        }
        return result;
    }

    private static Optional<RoleStatement> statement(String line) throws IOException {
        var entry = JSON.std.mapFrom(line);
        var role = String.valueOf(entry.getOrDefault("user", "postgres"));
        var sent = SENT.matcher(String.valueOf(entry.get("message")));
        return role.equals("postgres") || !sent.matches()
                ? Optional.empty()
                : Optional.of(new RoleStatement(role, sent.group("sql").strip()))
                        .filter(RoleStatement::planned);
    }

    private boolean planned() {
        var word = FIRST_WORD.matcher(sql);
        return word.matches() && PLANNED.contains(word.group(1).toUpperCase(Locale.ROOT));
    }

    /// The statements of a file that [#write] has made.
    static List<RoleStatement> read(Path file) throws IOException {
        return Pattern.compile("^" + HEADING, Pattern.MULTILINE)
                .splitAsStream(Files.readString(file))
                .filter(part -> !part.isBlank())
                .map(part -> {
                    int end = part.indexOf('\n');
                    return new RoleStatement(
                            part.substring(0, end).strip(), part.substring(end).strip());
                })
                .toList();
    }

    /// Adds the statements to a file.
    static void write(Path file, Collection<RoleStatement> statements, StandardOpenOption... options)
            throws IOException {
        var text = new StringBuilder();
        for (var statement : statements) {
            text.append(HEADING)
                    .append(statement.role())
                    .append('\n')
                    .append(statement.sql())
                    .append("\n\n");
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text.toString().stripTrailing() + "\n", options);
    }
}
