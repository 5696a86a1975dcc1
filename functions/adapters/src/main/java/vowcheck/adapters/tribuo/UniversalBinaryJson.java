package vowcheck.adapters.tribuo;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.RandomAccess;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vowcheck.core.model.UnusableModel;

/// Reads the Universal Binary JSON that XGBoost writes: draft 12 of ubjson.org, big-endian, with strongly typed
/// arrays. Sized objects, no-ops and high-precision numbers, which XGBoost never writes, are not supported. Each
/// length is checked against the remaining bytes before memory is allocated, and nesting is limited.
final class UniversalBinaryJson {

    private static final int MAX_DEPTH = 32;

    private final ByteBuffer bytes;
    private int depth;

    private UniversalBinaryJson(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /// The single value that fills the buffer, as a map, a list, a text, a number ([Long] or [Double]), a boolean or
    /// null; throws [UnusableModel] for anything else.
    static @Nullable Object read(ByteBuffer bytes) {
        var reader = new UniversalBinaryJson(bytes.slice());
        try {
            var value = reader.value(reader.marker());
            if (reader.bytes.hasRemaining()) {
                throw reader.malformed("%d bytes follow the value".formatted(reader.bytes.remaining()));
            }
            return value;
        } catch (BufferUnderflowException e) {
            throw new UnusableModel(
                    "The model file's booster is cut off after %d bytes".formatted(bytes.remaining()), e);
        }
    }

    private @Nullable Object value(char marker) {
        return switch (marker) {
            case '{' -> nested(this::members);
            case '[' -> nested(this::array);
            case 'S' -> text();
            case 'T' -> true;
            case 'F' -> false;
            case 'Z' -> null;
            case 'd', 'D' -> decimal(marker);
            default -> whole(marker);
        };
    }

    private Object nested(Supplier<Object> content) {
        if (++depth > MAX_DEPTH) {
            throw malformed("values are nested deeper than %d".formatted(MAX_DEPTH));
        }
        var value = content.get();
        depth--;
        return value;
    }

    private Object members() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        while (!follows('}')) {
            String name = text();
            if (members.containsKey(name)) {
                throw malformed("a member occurs twice");
            }
            members.put(name, value(marker()));
        }
        return members;
    }

    private Object array() {
        if (follows('$')) {
            char type = marker();
            if (!follows('#')) {
                throw malformed("a typed array has no length");
            }
            return typed(type, length(width(type)));
        }
        var values = new ArrayList<@Nullable Object>();
        if (follows('#')) {
            int length = length(1);
            for (int index = 0; index < length; index++) {
                values.add(value(marker()));
            }
        } else {
            while (!follows(']')) {
                values.add(value(marker()));
            }
        }
        return values;
    }

    private Object typed(char type, int length) {
        if (type == 'd' || type == 'D') {
            var values = new double[length];
            for (int index = 0; index < length; index++) {
                values[index] = decimal(type);
            }
            return new Decimals(values);
        }
        var values = new long[length];
        for (int index = 0; index < length; index++) {
            values[index] = whole(type);
        }
        return new Wholes(values);
    }

    private int width(char type) {
        return switch (type) {
            case 'i', 'U' -> 1;
            case 'I' -> 2;
            case 'l', 'd' -> 4;
            case 'L', 'D' -> 8;
            default -> throw malformed("an array has elements of the type 0x%02x".formatted((int) type));
        };
    }

    private double decimal(char type) {
        return type == 'd' ? bytes.getFloat() : bytes.getDouble();
    }

    private long whole(char type) {
        return switch (type) {
            case 'i' -> bytes.get();
            case 'U' -> Byte.toUnsignedInt(bytes.get());
            case 'I' -> bytes.getShort();
            case 'l' -> bytes.getInt();
            case 'L' -> bytes.getLong();
            default -> throw malformed("a value has the type 0x%02x".formatted((int) type));
        };
    }

    private String text() {
        var encoded = new byte[length(1)];
        bytes.get(encoded);
        return new String(encoded, StandardCharsets.UTF_8);
    }

    /// The length of a sequence whose elements take at least `width` bytes each, so that the remaining bytes limit
    /// it.
    private int length(int width) {
        long length = whole(marker());
        if (length < 0 || length > bytes.remaining() / width) {
            throw malformed("a length is %d where %d bytes are left".formatted(length, bytes.remaining()));
        }
        return (int) length;
    }

    private char marker() {
        return (char) Byte.toUnsignedInt(bytes.get());
    }

    private boolean follows(char marker) {
        if (!bytes.hasRemaining()) {
            throw new BufferUnderflowException();
        }
        if (bytes.get(bytes.position()) != marker) {
            return false;
        }
        bytes.get();
        return true;
    }

    private UnusableModel malformed(String what) {
        return new UnusableModel(
                "The model file's booster is malformed at byte %d: %s".formatted(bytes.position(), what));
    }

    /// An array of whole numbers of one type.
    private static final class Wholes extends AbstractList<Long> implements RandomAccess {

        private final long[] values;

        Wholes(long[] values) {
            this.values = values;
        }

        @Override
        public Long get(int index) {
            return values[index];
        }

        @Override
        public int size() {
            return values.length;
        }
    }

    /// An array of float32 or float64 numbers.
    private static final class Decimals extends AbstractList<Double> implements RandomAccess {

        private final double[] values;

        Decimals(double[] values) {
            this.values = values;
        }

        @Override
        public Double get(int index) {
            return values[index];
        }

        @Override
        public int size() {
            return values.length;
        }
    }
}
