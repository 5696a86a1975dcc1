package vowcheck.adapters.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vowcheck.core.drift.DriftReport;
import vowcheck.core.drift.DriftVerdict;
import vowcheck.core.features.Feature;

/// A drift report as `DriftHandler` answers it, names as in `drift_reports`, and as CloudWatch reads its
/// metrics.
public final class DriftReportJson {

    /// The namespace of the metrics `psi_<feature>` and `drift_rows`.
    public static final String NAMESPACE = "vowcheck";

    private DriftReportJson() {}

    public static String write(DriftReport report) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("checked_at", report.checkedAt().toString());
        fields.put("model_version", report.modelVersion().value());
        fields.put("data_cutoff_date", report.dataCutoffDate().toString());
        fields.put("verdict", report.verdict().fieldValue());
        fields.put("rows", report.rows());
        fields.put("psi", psi(report));
        fields.put("drifted_features", drifted(report.verdict()));
        fields.put("psi_threshold", report.policy().threshold());
        fields.put("min_samples", report.policy().minSamples());
        return JsonDocument.write(fields);
    }

    /// One line in CloudWatch's embedded metric format.
    ///
    /// @param stage the dimension by which stages of one account are told apart
    public static String metrics(DriftReport report, String stage) {
        List<Map<String, String>> names = new ArrayList<>();
        var values = new LinkedHashMap<String, Object>();
        names.add(Map.of("Name", "drift_rows"));
        values.put("drift_rows", report.rows());
        report.psiByFeature().forEach((feature, index) -> {
            names.add(Map.of("Name", "psi_" + feature.fieldName()));
            values.put("psi_" + feature.fieldName(), index);
        });
        var fields = new LinkedHashMap<String, Object>();
        fields.put(
                "_aws",
                Map.of(
                        "Timestamp",
                        report.checkedAt().toEpochMilli(),
                        "CloudWatchMetrics",
                        List.of(Map.of(
                                "Namespace", NAMESPACE, "Dimensions", List.of(List.of("stage")), "Metrics", names))));
        fields.put("stage", stage);
        fields.put("model_version", report.modelVersion().value());
        fields.put("verdict", report.verdict().fieldValue());
        fields.putAll(values);
        return JsonDocument.write(fields);
    }

    private static Map<String, Double> psi(DriftReport report) {
        var psi = new LinkedHashMap<String, Double>();
        report.psiByFeature().forEach((feature, index) -> psi.put(feature.fieldName(), index));
        return psi;
    }

    private static List<String> drifted(DriftVerdict verdict) {
        return switch (verdict) {
            case DriftVerdict.Drifted(var features) ->
                features.stream().map(Feature::fieldName).toList();
            case DriftVerdict.Stable _, DriftVerdict.TooFewRows _ -> List.of();
        };
    }
}
