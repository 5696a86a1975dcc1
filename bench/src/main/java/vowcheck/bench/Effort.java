package vowcheck.bench;

/// How much is measured, in all turns unless it says otherwise: everything, or just enough to see that the bench still
/// works.
///
/// @param turns how often requests of a kind and storing alone take turns, and one environment and all of them
/// @param warmUp predictions before the measured ones, so that the hot code is compiled
/// @param predictions measured predictions
/// @param explained pairs of a plain and an explained prediction
/// @param stores rows that are stored, and committed, one after another
/// @param commits commits by one connection, and by each of several at once
/// @param batchWarmUp batches of 1001 before the measured ones
/// @param batches measured batches of 1001
/// @param largeBatchWarmUp batches of 10,000 before the measured ones
/// @param largeBatches measured batches of 10,000
/// @param driftCounts counts of all rows
/// @param environments how many serve side by side
/// @param parallelWarmUp predictions of each of them before the measured ones
/// @param alone predictions of one
/// @param together predictions of each of them
/// @param starts measured cold starts of each kind
/// @param repetitions how often a call is repeated that was answered with 503, as on a machine too busy for the
///     database. The figures of a run that repeated a call are useless.
/// @param forks JVMs for each of JMH's benchmarks; 0 runs them in this JVM
/// @param iterationMillis the length of JMH's iterations
/// @param fewerRows by what the numbers of labelled rows are divided
record Effort(
        int turns,
        AtMost warmUp,
        AtMost predictions,
        AtMost explained,
        AtMost stores,
        AtMost commits,
        AtMost batchWarmUp,
        AtMost batches,
        AtMost largeBatchWarmUp,
        AtMost largeBatches,
        AtMost driftCounts,
        int environments,
        AtMost parallelWarmUp,
        AtMost alone,
        AtMost together,
        int starts,
        int repetitions,
        int forks,
        int iterationMillis,
        int fewerRows) {

    /// The part of an amount that belongs to each turn.
    AtMost turn(AtMost amount) {
        return amount.turn(turns);
    }

    /// What a machine does in four minutes that answers 700 predictions a second; a slower one does less of it.
    static final Effort FULL = new Effort(
            8,
            AtMost.of(30_000, 35),
            AtMost.of(25_000, 35),
            AtMost.of(3_000, 8),
            AtMost.of(6_000, 6),
            AtMost.seconds(4),
            AtMost.of(100, 8),
            AtMost.of(200, 10),
            AtMost.of(10, 15),
            AtMost.of(32, 15),
            AtMost.of(3, 10),
            8,
            AtMost.of(12_000, 40),
            AtMost.seconds(12),
            AtMost.seconds(24),
            15,
            0,
            2,
            1000,
            1);

    static final Effort QUICK = new Effort(
            1,
            AtMost.of(50, 60),
            AtMost.of(150, 60),
            AtMost.of(20, 60),
            AtMost.of(30, 60),
            AtMost.of(30, 60),
            AtMost.of(1, 60),
            AtMost.of(2, 60),
            AtMost.of(1, 60),
            AtMost.of(1, 60),
            AtMost.of(1, 60),
            2,
            AtMost.of(10, 60),
            AtMost.of(30, 60),
            AtMost.of(30, 60),
            1,
            30,
            0,
            10,
            20);
}
