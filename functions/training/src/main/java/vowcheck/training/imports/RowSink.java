package vowcheck.training.imports;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes what a reader finds in a file, in its order.
interface RowSink {

    /// The names of the columns of the rows that follow, before the first of them.
    void columns(long line, List<String> names);

    /// A row with its values, null where there is none.
    void row(long line, List<@Nullable String> values);

    /// A row that cannot be read.
    ///
    /// @param problem in words that follow the place
    void unreadable(long line, String problem);
}
