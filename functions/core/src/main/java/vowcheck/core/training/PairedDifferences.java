package vowcheck.core.training;

import java.util.List;

/// How two models differ on the same rows, the challenger's metrics less the champion's.
///
/// @param averagePrecision above 0 where the challenger is better
/// @param calibrationError below 0 where the challenger is better
/// @param recallGap of the gaps in recall at the review capacity between ranges of ages; below 0 where the
///     challenger is more even
/// @param calibrationGap the same of the calibration error
/// @param ageGroups each range of ages
public record PairedDifferences(
        Interval averagePrecision,
        Interval calibrationError,
        Interval recallGap,
        Interval calibrationGap,
        List<AgeGroup> ageGroups) {

    public PairedDifferences {
        ageGroups = List.copyOf(ageGroups);
    }
}
