package vowcheck.lambda;

import vowcheck.adapters.json.JsonObject;
import vowcheck.core.drift.DriftReport;

/// A drift report in the answer of [DriftHandler], with the names of the table `drift_reports`.
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
                .with("min_samples", report.policy().minSamples());
    }
}
