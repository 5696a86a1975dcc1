package vowcheck.bench;

/// How much is done: everything, or just enough to see that the bench still works.
///
/// @param warmUps predictions before the measured ones, so that the hot code is compiled
/// @param predictions measured ones
/// @param batches measured batches of 1001
/// @param largeBatches measured batches of 10,000
/// @param starts measured cold starts of each kind
/// @param repetitions of a call that was answered by 503, as where the machine has no time for the database: a run
///     that needs one has no figures of use
/// @param forks JVMs for each of JMH's benchmarks; 0 runs them here
/// @param iterationMillis of JMH
record Effort(
        int warmUps,
        int predictions,
        int batches,
        int largeBatches,
        int starts,
        int repetitions,
        int forks,
        int iterationMillis) {

    static final Effort FULL = new Effort(30_000, 50_000, 300, 60, 15, 0, 2, 1000);
    static final Effort QUICK = new Effort(200, 300, 3, 2, 1, 30, 0, 20);
}
