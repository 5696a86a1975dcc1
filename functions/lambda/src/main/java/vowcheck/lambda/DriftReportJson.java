package vowcheck.lambda;

import java.util.Optional;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.drift.DriftReport;
import vowcheck.core.drift.ShadowRows;

/// A drift report in the answer of [DriftHandler], with the names of the table `drift_reports`, and the shadow.
final class DriftReportJson {

    private DriftReportJson() {}

    static JsonObject of(DriftReport report) {
        return new JsonObject()
                .with("checked_at", report.checkedAt().toString())
                .with("model_version", report.modelVersion().value())
                .with("data_cutoff_date", report.dataCutoffDate().toString())
                .with("verdict", report.verdict().fieldValue())
                .with("rows", report.rows())
                .with("psi", report.psiByFieldName())
                .with("drifted_features", report.driftedFieldNames())
                .with("psi_threshold", report.policy().threshold())
                .with("min_samples", report.policy().minSamples())
                .withPresent("shadow", Optional.ofNullable(report.shadow()).map(DriftReportJson::shadow));
    }

    private static JsonObject shadow(ShadowRows shadow) {
        return new JsonObject().with("model_version", shadow.version().value()).with("rows", shadow.rows());
    }
}
