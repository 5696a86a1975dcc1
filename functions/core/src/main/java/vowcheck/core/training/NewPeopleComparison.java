package vowcheck.core.training;

import vowcheck.core.model.TestMetrics;

/// How both recipes do on people whom neither has seen: each was fitted once more on its own rows without the
/// people of the test rows.
public sealed interface NewPeopleComparison {

    /// Both were fitted.
    ///
    /// @param challenger its metrics on the compared rows
    /// @param champion the same of the champion
    record Measured(TestMetrics challenger, TestMetrics champion, PairedDifferences differences)
            implements NewPeopleComparison {}

    /// One of them could not be fitted without these people.
    ///
    /// @param problem which one and why, in words
    record NotFitted(String problem) implements NewPeopleComparison {}
}
