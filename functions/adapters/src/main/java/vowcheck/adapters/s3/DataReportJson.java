package vowcheck.adapters.s3;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.features.Feature;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.quality.DataReport;
import vowcheck.core.quality.DataReport.Comparison;
import vowcheck.core.quality.DataReport.Days;
import vowcheck.core.quality.DataReport.FeatureFigures;
import vowcheck.core.quality.DataReport.Month;
import vowcheck.core.quality.DataReport.Occasion;

/// A report on labelled rows as JSON.
public final class DataReportJson {

    private static final String OCCASION = "occasion";
    private static final String NAME = "name";
    private static final String MADE_AT = "made_at";
    private static final String ROWS = "rows";
    private static final String POSITIVES = "divorces";
    private static final String RECURRING = "recurring_rows";
    private static final String WITHOUT_EMPLOYMENT = "rows_without_employment";
    private static final String FIRST_DAY = "first_day";
    private static final String LAST_DAY = "last_day";
    private static final String DAYS_WITHOUT = "days_without_rows";
    private static final String MONTHS = "months";
    private static final String MONTH = "month";
    private static final String FEATURES = "features";
    private static final String MISSING = "missing";
    private static final String BEYOND_RANGE = "beyond_range";
    private static final String PSI = "psi";
    private static final String COMPARED_WITH = "compared_with";
    private static final String VERSION = "model_version";
    private static final String SINCE = "since";

    private DataReportJson() {}

    /// The report as JSON.
    public static JsonObject write(DataReport report) {
        var features = new LinkedHashMap<String, JsonObject>();
        for (var figures : report.features()) {
            var psi = figures.psi();
            features.put(
                    figures.feature().fieldName(),
                    new JsonObject()
                            .with(MISSING, figures.missing())
                            .with(BEYOND_RANGE, figures.beyondRange())
                            .withPresent(PSI, psi.isPresent() ? Optional.of(psi.getAsDouble()) : Optional.empty()));
        }
        var json = new JsonObject()
                .with(OCCASION, report.occasion().fieldValue())
                .with(NAME, report.name())
                .with(MADE_AT, report.madeAt().toString())
                .with(ROWS, report.rows())
                .with(POSITIVES, report.positives())
                .with(RECURRING, report.recurringRows())
                .with(WITHOUT_EMPLOYMENT, report.withoutEmployment());
        report.days()
                .ifPresent(days -> json.with(FIRST_DAY, days.first().toString())
                        .with(LAST_DAY, days.last().toString())
                        .with(DAYS_WITHOUT, days.without()));
        return json.withPresent(COMPARED_WITH, report.comparison().map(DataReportJson::comparison))
                .with(FEATURES, features)
                .with(
                        MONTHS,
                        report.months().stream()
                                .map(month -> new JsonObject()
                                        .with(MONTH, month.month().toString())
                                        .with(ROWS, month.rows())
                                        .with(POSITIVES, month.positives()))
                                .toList());
    }

    private static JsonObject comparison(Comparison comparison) {
        return new JsonObject()
                .with(VERSION, comparison.version().value())
                .with(ROWS, comparison.rows())
                .withPresent(SINCE, comparison.since().map(LocalDate::toString));
    }

    /// The report that [#write] has written; features that this build does not know are left out.
    public static DataReport read(JsonDocument json) {
        var features = json.document(FEATURES);
        return new DataReport(
                json.value(OCCASION, name -> Occasion.valueOf(name.toUpperCase(Locale.ROOT))),
                json.text(NAME),
                json.value(MADE_AT, Instant::parse),
                json.longInteger(ROWS),
                json.longInteger(POSITIVES),
                json.longInteger(RECURRING),
                json.longInteger(WITHOUT_EMPLOYMENT),
                json.has(FIRST_DAY)
                        ? Optional.of(
                                new Days(json.date(FIRST_DAY), json.date(LAST_DAY), json.longInteger(DAYS_WITHOUT)))
                        : Optional.empty(),
                json.documents(MONTHS).stream()
                        .map(month -> new Month(
                                month.value(MONTH, YearMonth::parse),
                                month.longInteger(ROWS),
                                month.longInteger(POSITIVES)))
                        .toList(),
                features.names().stream()
                        .flatMap(name -> FeatureSchema.CURRENT.named(name).stream()
                                .map(feature -> figures(feature, features.document(name))))
                        .toList(),
                json.has(COMPARED_WITH) ? Optional.of(comparison(json.document(COMPARED_WITH))) : Optional.empty());
    }

    private static FeatureFigures figures(Feature feature, JsonDocument json) {
        return new FeatureFigures(
                feature,
                json.longInteger(MISSING),
                json.longInteger(BEYOND_RANGE),
                json.has(PSI) ? OptionalDouble.of(json.number(PSI)) : OptionalDouble.empty());
    }

    private static Comparison comparison(JsonDocument json) {
        return new Comparison(
                json.value(VERSION, ModelVersion::new),
                json.longInteger(ROWS),
                json.has(SINCE) ? Optional.of(json.date(SINCE)) : Optional.empty());
    }
}
