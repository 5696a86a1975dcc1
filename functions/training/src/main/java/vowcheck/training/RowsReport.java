package vowcheck.training;

import java.time.InstantSource;
import java.util.Optional;
import vowcheck.adapters.s3.DataReportJson;
import vowcheck.core.model.ModelManifest;
import vowcheck.core.quality.DataProfile;
import vowcheck.core.quality.DataReport;
import vowcheck.core.quality.DataReports;
import vowcheck.core.training.LabelledRows;
import vowcheck.core.workflow.Execution;

/// Reports what the labelled rows of a training look like, before anything is trained on them.
public final class RowsReport {

    /// Its name among the files of a run.
    static final String FILE = "data_quality.json";

    private final DataReports reports;
    private final InstantSource clock;

    public RowsReport(DataReports reports, InstantSource clock) {
        this.reports = reports;
        this.clock = clock;
    }

    /// The report on the rows of a training.
    DataReport of(LabelledRows rows, ServingChampion serving, Execution execution) {
        var champion = serving instanceof ServingChampion.Opened(var model)
                ? Optional.of(model.manifest())
                : Optional.<ModelManifest>empty();
        return DataProfile.of(rows, champion).report(DataReport.Occasion.TRAINING, execution.name(), clock.instant());
    }

    /// Stores it in place of that of the last training.
    void keep(DataReport report) {
        reports.keep(report);
    }

    /// The file of that name.
    static byte[] file(DataReport report) {
        return DataReportJson.write(report).utf8();
    }
}
