package vowcheck.training.imports;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vowcheck.training.imports.SqlTokens.Kind;

/// Reads the rows of the table `divorce_predictions` in a plain `pg_dump`: those of COPY and those of INSERT. All
/// other statements are skipped; none is run. Not thread-safe.
final class DumpFile {

    static final String TABLE = "divorce_predictions";

    /// Words that begin an element of CREATE TABLE which is no column.
    private static final Set<String> CONSTRAINTS =
            Set.of("CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN", "EXCLUDE", "LIKE");

    private static final String NO_LITERAL = "has an expression, expected values only";

    private final SqlTokens tokens;
    private final RowSink sink;
    private final List<@Nullable String> values = new ArrayList<>();
    private List<String> created = List.of();
    private @Nullable String schemaOfTable;
    private boolean found;
    private Kind kind = Kind.END;

    private DumpFile(Reader text, RowSink sink) {
        tokens = new SqlTokens(text);
        this.sink = sink;
    }

    /// Reads the whole dump; throws [ImportRefused] where it is cut off, or has no such table.
    static void read(Reader text, RowSink sink) throws IOException {
        new DumpFile(text, sink).statements();
    }

    private void statements() throws IOException {
        while (take() != Kind.END) {
            if (isSymbol('\\')) { // a command of psql
                tokens.skipLine();
            } else {
                statement();
            }
        }
        if (tokens.isCutOff()) {
            throw new ImportRefused("the end of the dump is missing: the file is not complete");
        }
        if (!found) {
            throw new ImportRefused("the dump has no rows of the table " + TABLE);
        }
    }

    private void statement() throws IOException {
        switch (word()) {
            case "COPY" -> copy();
            case "INSERT" -> insert();
            case "CREATE" -> create();
            case "SET" -> set();
            default -> skipStatement();
        }
    }

    /// `SET standard_conforming_strings = off` changes how strings are read.
    private void set() throws IOException {
        take();
        boolean strings = word().equals("STANDARD_CONFORMING_STRINGS");
        take();
        take();
        if (strings) {
            tokens.backslashEscapes(word().equals("OFF"));
        }
        skipStatement();
    }

    private void create() throws IOException {
        take();
        while (Set.of("UNLOGGED", "GLOBAL", "LOCAL", "TEMPORARY", "TEMP").contains(word())) {
            take();
        }
        if (!word().equals("TABLE")) {
            skipStatement();
            return;
        }
        take();
        if (word().equals("IF")) {
            take(); // NOT
            take(); // EXISTS
            take();
        }
        if (isTable() && isSymbol('(')) {
            created = columnsOfTable();
        }
        skipStatement();
    }

    private List<String> columnsOfTable() throws IOException {
        var columns = new ArrayList<String>();
        boolean begins = true;
        int depth = 0;
        do {
            if (isSymbol('(')) {
                depth++;
            } else if (isSymbol(')')) {
                depth--;
            } else if (begins && depth == 1 && (kind == Kind.NAME || !CONSTRAINTS.contains(word()))) {
                columns.add(name());
            }
            begins = depth == 1 && (isSymbol('(') || isSymbol(','));
            if (depth > 0 && take() == Kind.END) {
                return columns;
            }
        } while (depth > 0);
        return columns;
    }

    private void copy() throws IOException {
        take();
        boolean ours = isTable();
        List<String> columns = isSymbol('(') ? names() : created;
        if (!word().equals("FROM")) {
            skipStatement();
            return;
        }
        take();
        if (!word().equals("STDIN")) {
            skipStatement();
            return;
        }
        take();
        if (ours && !isSymbol(';')) {
            throw new ImportRefused(
                    "line %d: COPY has options, expected none: use a plain pg_dump".formatted(tokens.line()));
        }
        skipStatement();
        tokens.skipLine();
        if (ours) {
            begin(columns);
            while (tokens.copyRow(values)) {
                sink.row(tokens.line(), values);
            }
        } else {
            tokens.skipCopyRows();
        }
    }

    private void insert() throws IOException {
        take(); // INTO
        take();
        if (word().equals("ONLY")) {
            take();
        }
        if (!isTable()) {
            skipStatement();
            return;
        }
        List<String> columns = isSymbol('(') ? names() : created;
        if (word().equals("OVERRIDING")) {
            take(); // SYSTEM or USER
            take(); // VALUE
            take();
        }
        if (!word().equals("VALUES")) {
            throw new ImportRefused("line %d: INSERT without VALUES cannot be read".formatted(tokens.line()));
        }
        begin(columns);
        do {
            take();
            insertedRow();
        } while (isSymbol(','));
        if (!isSymbol(';') && !word().equals("ON")) {
            throw new ImportRefused("line %d: expected another row of the INSERT, or its end".formatted(tokens.line()));
        }
        skipStatement();
    }

    private void insertedRow() throws IOException {
        long line = tokens.line();
        if (!isSymbol('(')) {
            throw new ImportRefused("line %d: expected a row in parentheses".formatted(line));
        }
        values.clear();
        boolean literals = true;
        do {
            take();
            literals &= literal();
        } while (isSymbol(','));
        take();
        if (literals) {
            sink.row(line, values);
        } else {
            sink.unreadable(line, NO_LITERAL);
        }
    }

    /// Reads one value up to the comma or the parenthesis behind it; whether it is a literal, with or without a cast.
    private boolean literal() throws IOException {
        boolean literal = true;
        String sign = "";
        if (isSymbol('-') || isSymbol('+')) {
            sign = tokens.text();
            take();
            literal = kind == Kind.NUMBER;
        }
        switch (kind) {
            case STRING, NUMBER -> values.add(sign + tokens.text());
            case WORD -> {
                switch (word()) {
                    case "NULL" -> values.add(null);
                    case "TRUE", "FALSE" -> values.add(word().toLowerCase(Locale.ROOT));
                    default -> literal = false;
                }
            }
            default -> literal = false;
        }
        if (literal) {
            take();
            literal = isSymbol(',') || isSymbol(')') || isSymbol(':');
        }
        int depth = 0;
        while (depth > 0 || !(isSymbol(',') || isSymbol(')'))) {
            if (isSymbol('(')) {
                depth++;
            } else if (isSymbol(')')) {
                depth--;
            }
            if (kind == Kind.END || isSymbol(';')) {
                throw new ImportRefused("line %d: an INSERT is not complete".formatted(tokens.line()));
            }
            take();
        }
        return literal;
    }

    private void begin(List<String> columns) {
        if (columns.isEmpty()) {
            throw new ImportRefused(
                    "line %d: the columns of %s are not known: make the dump with its schema, or with --column-inserts"
                            .formatted(tokens.line(), TABLE));
        }
        found = true;
        sink.columns(tokens.line(), columns);
    }

    /// Reads a table's name, with its schema if it has one; whether it is the wanted table.
    private boolean isTable() throws IOException {
        var name = name();
        var schema = "";
        take();
        while (isSymbol('.')) {
            take();
            schema = name;
            name = name();
            take();
        }
        if (!name.equals(TABLE)) {
            return false;
        }
        if (schemaOfTable != null && !schemaOfTable.equals(schema)) {
            throw new ImportRefused(
                    "line %d: the dump has the table %s in two schemas, expected one".formatted(tokens.line(), TABLE));
        }
        schemaOfTable = schema;
        return true;
    }

    /// Reads names in parentheses.
    private List<String> names() throws IOException {
        var names = new ArrayList<String>();
        do {
            take();
            names.add(name());
            take();
        } while (isSymbol(','));
        take();
        return names;
    }

    /// SQL folds names outside of quotes to lower case.
    private String name() {
        return kind == Kind.NAME ? tokens.text() : tokens.text().toLowerCase(Locale.ROOT);
    }

    private void skipStatement() throws IOException {
        while (kind != Kind.END && !isSymbol(';')) {
            take();
        }
    }

    private Kind take() throws IOException {
        kind = tokens.next();
        return kind;
    }

    /// The word in upper case; empty for another token.
    private String word() {
        return kind == Kind.WORD ? tokens.text().toUpperCase(Locale.ROOT) : "";
    }

    private boolean isSymbol(char symbol) {
        return kind == Kind.SYMBOL && tokens.isSymbol(symbol);
    }
}
