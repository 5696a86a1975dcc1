package vowcheck.infra.api;

import java.util.List;
import software.amazon.awscdk.services.apigateway.Period;
import software.amazon.awscdk.services.apigateway.QuotaSettings;
import software.amazon.awscdk.services.apigateway.RestApi;
import software.amazon.awscdk.services.apigateway.ThrottleSettings;
import software.amazon.awscdk.services.apigateway.UsagePlan;
import software.amazon.awscdk.services.apigateway.UsagePlanPerApiStage;
import software.constructs.Construct;
import vowcheck.adapters.deployment.ResourceNames;
import vowcheck.infra.stage.Stage;

/// A usage plan for each client of a stage, with its limits. The keys are not here: `./vowcheck key` makes them from
/// the clients' secrets and adds them to the plans, so that no deployment deletes or changes one.
final class ClientPlans extends Construct {

    ClientPlans(Construct scope, String id, Stage stage, RestApi api) {
        super(scope, id);
        for (var client : stage.api().clients()) {
            UsagePlan.Builder.create(this, client.name().value())
                    .name(ResourceNames.usagePlan(stage.name(), client.name()))
                    .description("The limits of each API key of the client " + client.name())
                    .throttle(ThrottleSettings.builder()
                            .rateLimit(client.requestsPerSecond())
                            .burstLimit(client.burst())
                            .build())
                    .quota(QuotaSettings.builder()
                            .limit(client.requestsPerDay())
                            .period(Period.DAY)
                            .build())
                    .apiStages(List.of(UsagePlanPerApiStage.builder()
                            .api(api)
                            .stage(api.getDeploymentStage())
                            .build()))
                    .build();
        }
    }
}
