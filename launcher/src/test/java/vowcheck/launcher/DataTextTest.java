package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import vowcheck.core.features.Feature;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.quality.DataReport;

class DataTextTest {

    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00.123Z");

    @Test
    void whatCameInIsShownByFeatureAndMonth() {
        var report = new DataReport(
                DataReport.Occasion.IMPORT,
                "0b4bdb9c",
                NOW,
                12_000,
                960,
                3000,
                2400,
                Optional.of(new DataReport.Days(LocalDate.of(2024, 1, 1), LocalDate.of(2025, 2, 28), 3)),
                IntStream.rangeClosed(0, 13)
                        .mapToObj(month ->
                                new DataReport.Month(YearMonth.of(2024, 1).plusMonths(month), 1000, month))
                        .toList(),
                List.of(
                        new DataReport.FeatureFigures(Feature.CLIENT_INCOME, 0, 0, OptionalDouble.of(0.01)),
                        new DataReport.FeatureFigures(Feature.AGE_DAYS, 0, 1200, OptionalDouble.of(1.5)),
                        new DataReport.FeatureFigures(Feature.ID_DAYS, 7, 0, OptionalDouble.empty())),
                Optional.of(new DataReport.Comparison(
                        new ModelVersion("3"), 12_000, Optional.of(LocalDate.of(2024, 1, 1)))));

        assertThat(Printed.by(out -> new DataText(report).print(out, Style.PLAIN)))
                .startsWith("""
                        import 0b4bdb9c of 2026-11-26T12:00:00Z: 12,000 labelled rows
                        days                                  2024-01-01 to 2025-02-28
                        days without rows                     3
                        divorces                              960, 8.0 %
                        no employment on record               2,400, 20.0 %
                        equal in all features to another row  3,000, 25.0 %

                        feature        missing  beyond range  PSI
                        Client_Income  0        0             0.0100
                        Age_Days       0        1,200         1.5000
                        ID_Days        7        0             -
                        12,000 rows since 2024-01-01 are compared with those of model version 3

                        month    rows   divorces
                        2024-03  1,000  2, 0.2 %
                        """)
                .endsWith("2025-02  1,000  13, 1.3 %\n");
    }

    @Test
    void withoutRowsAndWithoutAModelItSaysSo() {
        var report = new DataReport(
                DataReport.Occasion.TRAINING,
                "one",
                NOW,
                0,
                0,
                0,
                0,
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty());

        assertThat(Printed.by(out -> new DataText(report).print(out, Style.PLAIN)))
                .contains("training one of", ": 0 labelled rows", "compared with no model");
    }
}
