package vowcheck.bench;

/// How much is measured: everything, or just enough to see that the bench still works.
///
/// @param warmUps predictions before the measured ones, so that the hot code is compiled
/// @param predictions measured predictions
/// @param batches measured batches of 1001
/// @param largeBatches measured batches of 10,000
/// @param starts measured cold starts of each kind
/// @param repetitions how often a call is repeated that was answered with 503, as on a machine too busy for the
///     database. The figures of a run that repeated a call are useless.
/// @param forks JVMs for each of JMH's benchmarks; 0 runs them in this JVM
/// @param iterationMillis the length of JMH's iterations
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
