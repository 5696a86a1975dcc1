package vowcheck.launcher.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.launcher.HaltedProcesses;

/// The function that promotes is killed when a training has called it for that: the state is tried again.
record KilledPromotion(String cutoff) implements Act {

    @Override
    public String sentence() {
        return "kill -9 the promotion of a training to " + cutoff;
    }

    @Override
    public String perform(WalkedSystem walked) {
        walked.trainings().awaitNone();
        var training = walked.trainings().start(cutoff);
        training.awaitState("Train"); // the promotion function has answered Begin and waits
        try (var promotion = HaltedProcesses.ofFunction(walked.system(), "promotion")) {
            promotion.awaitCall();
            promotion.kill();
        }
        var end = training.awaitEnd();
        assertThat(end.status()).as(end.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        var decision = JsonDocument.parse(end.output()).document("promotion");
        return "repeated, and %s version %s".formatted(decision.text("decision"), decision.text("model_version"));
    }
}
