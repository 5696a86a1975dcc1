package vowcheck.core.imports;

import java.util.UUID;

/// Identifies an import: a UUID in lower case, the name of its workflow's execution and of its folder.
public record ImportId(String value) {

    /// Throws [IllegalArgumentException] for a text of another form.
    public ImportId {
        if (!UUID.fromString(value).toString().equals(value)) {
            throw new IllegalArgumentException("not the id of an import");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
