package vowcheck.core.features;

import java.time.LocalDate;

/// The schema of a later build, to which one feature was added.
public final class LaterBuild {

    /// The first day on which an application must have the new feature.
    public static final LocalDate REQUIRED_SINCE = LocalDate.of(2030, 1, 1);

    public static final Feature HOUSEHOLD_SIZE =
            new Feature("Household_Size", Feature.Unit.COUNT, LowerBound.atLeast(1), REQUIRED_SINCE);

    /// The features of this build and the new one.
    public static final FeatureSchema SCHEMA = FeatureSchema.CURRENT.with(HOUSEHOLD_SIZE);

    private LaterBuild() {}
}
