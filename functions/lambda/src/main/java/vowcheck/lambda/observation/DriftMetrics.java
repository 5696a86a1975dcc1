package vowcheck.lambda.observation;

import java.util.List;
import vowcheck.core.drift.DriftReport;
import vowcheck.core.features.Feature;

/// Writes a drift report as a line of the log, from which CloudWatch makes the metrics `drift_rows` and, for each
/// feature, `psi_<feature>`.
public final class DriftMetrics {

    /// The name in CloudWatch of the number of predictions that a check compared.
    public static final String ROWS = "drift_rows";

    private static final List<String> DIMENSIONS = List.of("stage");

    private final MetricLog log;

    public DriftMetrics(MetricLog log) {
        this.log = log;
    }

    /// The name in CloudWatch of a feature's population stability index.
    public static String psiOf(Feature feature) {
        return "psi_" + feature.fieldName();
    }

    /// A check is done.
    public void checked(DriftReport report) {
        var line = log.line(report.checkedAt())
                .with("model_version", report.modelVersion().value())
                .with("verdict", report.verdict().fieldValue())
                .with(new MetricName(ROWS, "Count", DIMENSIONS), (double) report.rows());
        report.psiByFeature()
                .forEach((feature, psi) -> line.with(new MetricName(psiOf(feature), "None", DIMENSIONS), psi));
        line.write();
    }
}
