package vowcheck.launcher.setup;

/// The steps of `up` and of other commands that take seconds or minutes.
public enum UpStep {
    UV("installing uv", 4),
    LOCALSTACK_PACKAGES("installing LocalStack", 5),
    LOCALSTACK("waiting for LocalStack", 6),
    MLFLOW_PACKAGES("installing MLflow", 5),
    SCHEMATHESIS("installing schemathesis", 2),
    MLFLOW_CLIENT("installing MLflow's client", 2),
    LINTERS("installing cfn-lint and zizmor", 2),
    CLOUDFORMATION_DIFF("installing cloudformation-diff", 4),
    ACTIONLINT("installing actionlint", 2),
    CDK_CLI("installing the CDK CLI", 3),
    BUILD("building with Maven", 30),
    BENCH("building the functions and the bench with Maven", 20),
    FUNCTIONS("building the functions", 15),
    BROWSER("installing Chromium and its driver", 30),
    POSTGRESQL("unpacking PostgreSQL", 1),
    SYNTHESIS("synthesizing the CDK app", 4),
    DEPLOYMENT("deploying the CDK app", 12),
    POPULATION("loading labelled rows", 2),
    TRAINING("training a model", 10),
    MLFLOW("waiting for MLflow", 2),
    PREDICTION("asking for a prediction", 1),
    ARCHIVE("recording which classes the commands need, so that they start faster", 4);

    private final String title;
    private final int seconds;

    UpStep(String title, int seconds) {
        this.title = title;
        this.seconds = seconds;
    }

    /// What is done, in a few words.
    String title() {
        return title;
    }

    /// How long it took on two cores, with Maven's repository and the packages in the caches.
    int seconds() {
        return seconds;
    }
}
