package vowcheck.infra.cost;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What AWS charges in eu-central-1, before tax and without free tiers. Each price has a source and a date; one that
/// nobody has compared with AWS's own list has the source `unverified`.
public final class PriceList {
    private static final String FILE = "prices.csv";
    private static final String HEADER = "name,usd,unit,source,date";
    private static final String UNVERIFIED = "unverified";

    private final Map<String, Price> prices;

    /// A price in USD.
    ///
    /// @param unit of what, such as `hour`
    /// @param source an address, or `unverified`
    /// @param date when it was read or written down, `YYYY-MM`
    public record Price(double usd, String unit, String source, String date) {
        /// Whether somebody has read it at its source.
        public boolean verified() {
            return !source.equals(UNVERIFIED);
        }
    }

    private PriceList(Map<String, Price> prices) {
        this.prices = prices;
    }

    /// The list of this repository.
    public static PriceList read() {
        try (var file = Objects.requireNonNull(PriceList.class.getResourceAsStream(FILE))) {
            return of(new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The list in these lines, of which the first is the header.
    ///
    /// @throws IllegalArgumentException for a line that is no price, by its number
    static PriceList of(List<String> lines) {
        var prices = new TreeMap<String, Price>();
        for (int number = 1; number <= lines.size(); number++) {
            var line = lines.get(number - 1);
            if (number > 1) {
                var fields = line.split(",", -1);
                var complete = fields.length == 5 && List.of(fields).stream().noneMatch(String::isBlank);
                if (!complete || prices.put(fields[0], price(number, fields)) != null) {
                    throw wrong(number, line, HEADER + ", and each name once");
                }
            } else if (!line.equals(HEADER)) {
                throw wrong(number, line, HEADER);
            }
        }
        return new PriceList(prices);
    }

    private static Price price(int number, String... fields) {
        try {
            double usd = Double.parseDouble(fields[1]);
            if (usd >= 0 && fields[4].matches("\\d{4}-\\d{2}")) {
                return new Price(usd, fields[2], fields[3], fields[4]);
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "%s, line %d: the price is '%s': expected a number".formatted(FILE, number, fields[1]), e);
        }
        throw wrong(number, String.join(",", fields), "a price that is not negative, and a date such as 2026-11");
    }

    private static IllegalArgumentException wrong(int number, String line, String expected) {
        return new IllegalArgumentException("%s, line %d is '%s': expected %s".formatted(FILE, number, line, expected));
    }

    /// A price by its name, in USD per unit.
    ///
    /// @throws UnpricedResource if the list does not have it
    double usd(String name) {
        var price = prices.get(name);
        if (price == null) {
            throw new UnpricedResource("%s has no price '%s'".formatted(FILE, name));
        }
        return price.usd();
    }

    /// The names of all prices.
    public List<String> names() {
        return List.copyOf(prices.keySet());
    }

    /// Says how much of the list nobody has compared with AWS's.
    public String reservation() {
        var unverified =
                prices.values().stream().filter(price -> !price.verified()).toList();
        return unverified.isEmpty()
                ? "All prices have a source in %s.".formatted(FILE)
                : "%d of %d prices are unverified, written down from memory in %s: compare them with AWS's before you rely on the sum."
                        .formatted(
                                unverified.size(),
                                prices.size(),
                                unverified.stream().map(Price::date).distinct().collect(Collectors.joining(", ")));
    }
}
