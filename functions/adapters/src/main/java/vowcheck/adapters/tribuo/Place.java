package vowcheck.adapters.tribuo;

import java.util.List;
import vowcheck.core.model.UnusableModel;

/// A value and the path that leads to it, so that a refusal can say where it stands.
record Place(String path, UbjValue value) {

    Place member(String name) {
        if (!(value instanceof UbjValue.Members(var byName))) {
            throw unexpected("an object");
        }
        var member = byName.get(name);
        if (member == null) {
            throw new UnusableModel("The booster has no %s.%s".formatted(path, name));
        }
        return new Place(path.isEmpty() ? name : path + "." + name, member);
    }

    int size() {
        return switch (value) {
            case UbjValue.Elements(var values) -> values.size();
            case UbjValue.Wholes wholes -> wholes.size();
            case UbjValue.Decimals decimals -> decimals.size();
            case UbjValue.Members _,
                    UbjValue.Text _,
                    UbjValue.Whole _,
                    UbjValue.Decimal _,
                    UbjValue.Flag _,
                    UbjValue.Nothing _ -> throw unexpected("an array");
        };
    }

    Place element(int index) {
        return new Place(
                "%s[%d]".formatted(path, index),
                switch (value) {
                    case UbjValue.Elements(List<UbjValue> values) -> values.get(index);
                    case UbjValue.Wholes wholes -> new UbjValue.Whole(wholes.at(index));
                    case UbjValue.Decimals decimals -> new UbjValue.Decimal(decimals.at(index));
                    case UbjValue.Members _,
                            UbjValue.Text _,
                            UbjValue.Whole _,
                            UbjValue.Decimal _,
                            UbjValue.Flag _,
                            UbjValue.Nothing _ -> throw unexpected("an array");
                });
    }

    String text() {
        if (value instanceof UbjValue.Text(var text)) {
            return text;
        }
        throw unexpected("text");
    }

    long whole() {
        if (value instanceof UbjValue.Whole(var whole)) {
            return whole;
        }
        throw unexpected("a whole number");
    }

    double decimal() {
        return switch (value) {
            case UbjValue.Decimal(var decimal) -> decimal;
            case UbjValue.Whole(var whole) -> whole;
            case UbjValue.Members _,
                    UbjValue.Elements _,
                    UbjValue.Text _,
                    UbjValue.Flag _,
                    UbjValue.Nothing _,
                    UbjValue.Wholes _,
                    UbjValue.Decimals _ -> throw unexpected("a number");
        };
    }

    /// The whole number at a place of an array. Spares the path that only a refusal needs: a model has thousands.
    long wholeAt(int index) {
        return value instanceof UbjValue.Wholes wholes
                ? wholes.at(index)
                : element(index).whole();
    }

    /// The number at a place of an array, as sparing.
    double decimalAt(int index) {
        return value instanceof UbjValue.Decimals decimals
                ? decimals.at(index)
                : element(index).decimal();
    }

    /// Refuses any other text than the expected one.
    void require(String expected) {
        if (!text().equals(expected)) {
            throw new UnusableModel("%s of the booster is '%s', expected '%s'".formatted(path, text(), expected));
        }
    }

    private UnusableModel unexpected(String expected) {
        return new UnusableModel("%s of the booster is %s, expected %s"
                .formatted(path.isEmpty() ? "The root" : path, value.getClass().getSimpleName(), expected));
    }
}
