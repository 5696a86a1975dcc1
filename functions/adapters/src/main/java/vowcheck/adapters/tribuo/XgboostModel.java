package vowcheck.adapters.tribuo;

import com.google.protobuf.ByteString;
import java.util.List;
import vowcheck.core.features.Feature;

/// XGBoost's own model, as it stands in a file of Tribuo.
public final class XgboostModel {

    private final ByteString bytes;
    private final List<Feature> columns;

    XgboostModel(ByteString bytes, List<Feature> columns) {
        this.bytes = bytes;
        this.columns = List.copyOf(columns);
    }

    /// The model in Universal Binary JSON, which does not name its features; an array of the caller's own.
    public byte[] bytes() {
        return bytes.toByteArray();
    }

    /// The feature of each column of the model's rows, in their order.
    public List<Feature> columns() {
        return columns;
    }
}
