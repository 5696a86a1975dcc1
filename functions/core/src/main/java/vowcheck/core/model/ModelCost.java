package vowcheck.core.model;

/// What trees cost whoever asks them, counted rather than timed: a count is the same on every machine.
///
/// @param steps the most splits that a score passes: the depths of the trees, summed
/// @param explanation what TreeSHAP's time is in proportion to: leaves times depth², summed over the trees. Source:
///     Lundberg, Erion and Lee, Consistent Individualized Feature Attribution for Tree Ensembles (2018), section 3.2:
///     O(T L D²)
public record ModelCost(long steps, long explanation) {

    /// The most that so many trees of at most that depth can cost.
    public static ModelCost most(int trees, int depth) {
        return new ModelCost((long) trees * depth, trees * (1L << depth) * depth * depth);
    }
}
