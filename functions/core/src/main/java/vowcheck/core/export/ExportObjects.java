package vowcheck.core.export;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// Port: the files of exports and their states. Each method throws [ExportUnavailable] when the store does not
/// answer.
public interface ExportObjects {

    /// Records a state in place of the former one.
    void record(ExportId id, ExportState state);

    /// The state that was recorded last; empty for an export that does not exist.
    Optional<ExportState> state(ExportId id);

    /// Writes the file, compressed, while `content` passes its bytes on in pieces. If that throws, there is no
    /// file.
    ///
    /// @return the file's size in bytes
    long write(ExportId id, Consumer<Consumer<byte[]>> content);

    /// A link by which anybody can read the file for some time.
    String link(ExportId id, Duration validFor);
}
