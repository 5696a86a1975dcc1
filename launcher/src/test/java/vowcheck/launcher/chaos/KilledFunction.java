package vowcheck.launcher.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.util.Locale;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import vowcheck.launcher.LocalSystem;

/// The environments of a function are killed, as by the platform that runs out of memory. It is called before, so that
/// there is one.
record KilledFunction(Name function) implements Act {

    /// The function that is killed.
    enum Name {
        SCORING,
        OPERATIONS,
        PROMOTION;

        private String words() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Few rows lie before it.
    private static final String CUTOFF = "2023-05-22";

    @Override
    public String sentence() {
        return "kill -9 the environments of " + function.words();
    }

    @Override
    public String perform(WalkedSystem walked) {
        switch (function) {
            case SCORING ->
                assertThat(walked.system()
                                .post("/predict", walked.load().anApplication())
                                .statusCode())
                        .isIn(200, 503);
            case OPERATIONS -> callOperations(walked);
            case PROMOTION -> train(walked);
        }
        int killed = walked.killFunction(function.words());
        assertThat(killed).as("processes of %s", function.words()).isPositive();
        if (function == Name.OPERATIONS) {
            callOperations(walked);
        }
        return killed + " killed";
    }

    /// A call that changes nothing: it is refused.
    private static void callOperations(WalkedSystem walked) {
        var status = await("an operator's call is answered by its function")
                .atMost(LocalSystem.PATIENCE)
                .until(() -> rollbackToNothing(walked), answer -> !ProductionChecks.OF_THE_PLATFORM.contains(answer));
        assertThat(status).as("the status for a version that is not there").isEqualTo(409);
    }

    private static int rollbackToNothing(WalkedSystem walked) {
        var request = walked.system()
                .request("/operations/rollback")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"model_version\":\"4711\",\"reason\":\"a chaos walk\"}"));
        return walked.system().send(walked.system().asOperator(request)).statusCode();
    }

    private static void train(WalkedSystem walked) {
        walked.trainings().awaitNone();
        var end = walked.trainings().start(CUTOFF).awaitEnd();
        assertThat(end.status() == ExecutionStatus.SUCCEEDED || walked.explains(String.valueOf(end.cause())))
                .as("the training before: %s", end.cause())
                .isTrue();
    }

    @Override
    public boolean mayHurtTraining() {
        return function == Name.PROMOTION;
    }

    @Override
    public boolean killsFunctions() {
        return function == Name.SCORING;
    }
}
