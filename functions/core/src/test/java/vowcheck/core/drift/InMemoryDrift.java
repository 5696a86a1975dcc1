package vowcheck.core.drift;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import vowcheck.core.features.Application;
import vowcheck.core.features.Feature;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.ReferenceDistribution;

/// Logged applications, reports and signals in memory.
public final class InMemoryDrift implements DriftCounts, DriftReports, DriftSignal {

    private final List<Application> logged = new ArrayList<>();
    private final List<DriftReport> reports = new ArrayList<>();
    private final List<DriftReport> signals = new ArrayList<>();
    private final List<Optional<Instant>> schedules = new ArrayList<>();
    private boolean countsShadows = true;

    /// From now on, the rows of a shadow cannot be counted.
    public void countNoShadows() {
        countsShadows = false;
    }

    /// Logs an application that many times, on a day after every cutoff.
    public void log(Application application, int times) {
        for (int time = 0; time < times; time++) {
            logged.add(application);
        }
    }

    /// The reports that were stored, in order.
    public List<DriftReport> reports() {
        return List.copyOf(reports);
    }

    /// The reports because of which a retraining was requested.
    public List<DriftReport> signals() {
        return List.copyOf(signals);
    }

    /// When the checks of these reports were scheduled.
    public List<Optional<Instant>> schedules() {
        return List.copyOf(schedules);
    }

    @Override
    public LoggedCounts since(LocalDate cutoff, SequencedMap<Feature, ReferenceDistribution> reference) {
        var counts = new HashMap<Feature, List<Long>>();
        reference.forEach((feature, distribution) -> {
            var values = new float[logged.size()];
            for (int row = 0; row < values.length; row++) {
                values[row] = logged.get(row).value(feature);
            }
            counts.put(feature, distribution.count(values));
        });
        return new LoggedCounts(logged.size(), counts);
    }

    @Override
    public ShadowRows shadowed(ModelVersion shadow, LocalDate cutoff) {
        if (!countsShadows) {
            throw new DriftDataUnavailable("the count takes too long");
        }
        return new ShadowRows(shadow, logged.size());
    }

    @Override
    public void keep(DriftReport report) {
        reports.add(report);
    }

    @Override
    public void detected(DriftReport report, Optional<Instant> scheduledAt) {
        signals.add(report);
        schedules.add(scheduledAt);
    }
}
