package vowcheck.infra.functions;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.RuleTargetInput;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.lambda.EventInvokeConfigOptions;
import software.constructs.Construct;
import vowcheck.infra.observation.UndeliveredEvents;
import vowcheck.infra.stage.Stage;
import vowcheck.lambda.DirectEvent;

/// Has the scoring function score a canary every few minutes, through the alias that the API invokes: a probe, which is
/// stored but no application. It notices within minutes what clerks would notice otherwise. And it keeps the snapshot
/// of the version: Lambda gives up one that was unused for 14 days, and the next call fails.
public final class ScoringCanary extends Construct {

    public ScoringCanary(
            Construct scope, String id, Stage stage, ScoringFunction scoring, UndeliveredEvents undelivered) {
        super(scope, id);
        var interval = Duration.minutes(stage.observation().canary().toMinutes());
        // A canary that is late, or repeated, would say nothing about now.
        scoring.live()
                .configureAsyncInvoke(EventInvokeConfigOptions.builder()
                        .retryAttempts(0)
                        .maxEventAge(interval)
                        .build());
        Rule.Builder.create(this, "Schedule")
                .ruleName(stage.resourceName("scoring-canary"))
                .description("Scores a canary, to see whether predictions work")
                .schedule(Schedule.rate(interval))
                .targets(List.of(LambdaFunction.Builder.create(scoring.live())
                        .event(RuleTargetInput.fromObject(Map.of(DirectEvent.CANARY.fieldName(), Map.of())))
                        .maxEventAge(interval)
                        .deadLetterQueue(undelivered.queue())
                        .build()))
                .build();
    }
}
