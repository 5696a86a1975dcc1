package vowcheck.lambda;

import java.time.YearMonth;
import java.util.List;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.retention.RetentionReport;

/// What a run of the retention has done, in the answer of [RetentionHandler]; months as `2025-06`.
final class RetentionReportJson {

    private RetentionReportJson() {}

    static JsonObject of(RetentionReport report) {
        return new JsonObject()
                .with("oldest_month", report.oldestMonth().toString())
                .with("partitions_made", texts(report.made()))
                .with("partitions_dropped", texts(report.dropped()))
                .with("postponed", texts(report.postponed()))
                .with("rows_found_outside", report.rowsFoundOutside())
                .with("rows_left_outside", report.rowsLeftOutside())
                .with("requests_deleted", report.requestsDeleted())
                .with("complete", report.complete());
    }

    private static List<String> texts(List<YearMonth> months) {
        return months.stream().map(YearMonth::toString).toList();
    }
}
