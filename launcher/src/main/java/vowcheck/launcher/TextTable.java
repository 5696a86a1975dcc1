package vowcheck.launcher;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// A table for people: each column is as wide as its widest cell. Not thread-safe.
public final class TextTable {

    private static final String GAP = "  ";

    private final List<List<Cell>> rows = new ArrayList<>();

    /// A table with these headings.
    public TextTable(Style style, String... headings) {
        rows.add(IntStream.range(0, headings.length)
                .mapToObj(column -> new Cell(headings[column], style::strong))
                .toList());
    }

    /// A table without headings.
    public TextTable() {}

    /// Adds a row.
    public TextTable row(Cell... cells) {
        rows.add(List.of(cells));
        return this;
    }

    /// Adds a row without colours.
    public TextTable row(String... cells) {
        rows.add(List.of(cells).stream().map(Cell::plain).toList());
        return this;
    }

    /// Prints it, without blanks at the ends of lines.
    public void print(PrintStream out) {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        var widths = IntStream.range(0, columns).map(this::width).toArray();
        for (var row : rows) {
            var line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                var cell = row.get(column);
                line.append(cell.paint().apply(cell.text()));
                if (column < row.size() - 1) {
                    line.append(" ".repeat(widths[column] - cell.text().length()))
                            .append(GAP);
                }
            }
            out.println(line.toString().stripTrailing());
        }
    }

    private int width(int column) {
        return rows.stream()
                .filter(row -> row.size() > column)
                .mapToInt(row -> row.get(column).text().length())
                .max()
                .orElse(0);
    }

    /// One cell: the colour does not count for its width.
    ///
    /// @param paint a method of [Style]
    public record Cell(String text, UnaryOperator<String> paint) {

        /// A cell without a colour.
        public static Cell plain(String text) {
            return new Cell(text, UnaryOperator.identity());
        }
    }
}
