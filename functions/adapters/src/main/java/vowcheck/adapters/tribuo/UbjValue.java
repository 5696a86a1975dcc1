package vowcheck.adapters.tribuo;

import java.util.List;
import java.util.Map;

/// A value of Universal Binary JSON.
sealed interface UbjValue {

    record Members(Map<String, UbjValue> byName) implements UbjValue {}

    record Elements(List<UbjValue> values) implements UbjValue {}

    record Text(String value) implements UbjValue {}

    record Whole(long value) implements UbjValue {}

    record Decimal(double value) implements UbjValue {}

    record Flag(boolean value) implements UbjValue {}

    record Nothing() implements UbjValue {}

    /// An array of whole numbers of one type.
    final class Wholes implements UbjValue {

        private final long[] values;

        Wholes(long[] values) {
            this.values = values;
        }

        int size() {
            return values.length;
        }

        long at(int index) {
            return values[index];
        }
    }

    /// An array of float32 or float64 numbers, kept as float64.
    final class Decimals implements UbjValue {

        private final double[] values;

        Decimals(double[] values) {
            this.values = values;
        }

        int size() {
            return values.length;
        }

        double at(int index) {
            return values[index];
        }
    }
}
