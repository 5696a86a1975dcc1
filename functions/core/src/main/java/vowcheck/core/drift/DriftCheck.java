package vowcheck.core.drift;

import static java.util.Objects.requireNonNull;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vowcheck.core.features.Feature;
import vowcheck.core.model.ModelStore;
import vowcheck.core.model.ShadowPointer.NamedShadow;

/// The use case of the daily drift check: compares the applications that were logged since the production model's
/// cutoff with the rows that the model was made with, stores the report, and requests a retraining on drift.
public final class DriftCheck {

    private static final Logger LOG = System.getLogger(DriftCheck.class.getName());

    private final ModelStore models;
    private final DriftCounts counts;
    private final DriftReports reports;
    private final DriftSignal signal;
    private final DriftPolicy policy;
    private final InstantSource clock;

    public DriftCheck(
            ModelStore models,
            DriftCounts counts,
            DriftReports reports,
            DriftSignal signal,
            DriftPolicy policy,
            InstantSource clock) {
        this.models = models;
        this.counts = counts;
        this.reports = reports;
        this.signal = signal;
        this.policy = policy;
        this.clock = clock;
    }

    /// Checks once. The report is stored before the retraining is requested, so that the reason for a retraining is
    /// always on record. Throws [DriftDataUnavailable], and what [ModelStore] throws.
    ///
    /// @param scheduledAt when the check was scheduled; empty where people started it
    public DriftReport check(Optional<Instant> scheduledAt) {
        var inService = models.serving();
        var manifest = models.load(inService.production().model()).manifest();
        var reference = manifest.data().reference();
        var logged = counts.since(manifest.data().cutoff(), reference);
        var psi = new LinkedHashMap<Feature, Double>();
        long leastRows = policy.leastRows(logged.rows());
        reference.forEach((feature, known) -> {
            var counted = requireNonNull(logged.countsByFeature().get(feature));
            if (counted.stream().mapToLong(Long::longValue).sum() >= leastRows) {
                psi.put(feature, Psi.of(known.counts(), counted));
            }
        });
        var now = clock.instant();
        var report = new DriftReport(
                now,
                manifest.version(),
                manifest.data().cutoff(),
                logged.rows(),
                psi,
                policy,
                policy.judge(logged.rows(), psi),
                inService.shadow() instanceof NamedShadow shadow
                        ? shadowed(shadow, manifest.data().cutoff())
                        : null);
        reports.keep(report);
        if (report.verdict() instanceof DriftVerdict.Drifted) {
            signal.detected(report, scheduledAt);
        }
        return report;
    }

    /// Nothing is decided by this count, so a report is made without it.
    private @Nullable ShadowRows shadowed(NamedShadow shadow, LocalDate cutoff) {
        try {
            return counts.shadowed(shadow.model().version(), cutoff);
        } catch (DriftDataUnavailable e) {
            LOG.log(Level.WARNING, "the rows of the shadow are not counted: {0}", e.getMessage());
            return null;
        }
    }
}
