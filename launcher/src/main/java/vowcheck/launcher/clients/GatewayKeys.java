package vowcheck.launcher.clients;

import static java.util.stream.Collectors.toMap;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.NotFoundException;
import software.amazon.awssdk.services.apigateway.model.UsagePlan;
import vowcheck.adapters.deployment.ResourceNames;
import vowcheck.core.clients.ApiKey;
import vowcheck.core.clients.ClientName;

/// A stage's keys in API Gateway, and the usage plans of its clients, which its service stack has made.
final class GatewayKeys {

    private static final String KEY_TYPE = "API_KEY";

    private final ApiGatewayClient gateway;
    private final String stage;

    /// A key as API Gateway has it.
    ///
    /// @param gatewayId the id that API Gateway gave it, which the access log shows as `api_key_id`
    record GatewayKey(String gatewayId, String value, boolean enabled) {
        /// Hides the value, which is a secret.
        @Override
        public String toString() {
            return "GatewayKey[%s]".formatted(gatewayId);
        }
    }

    GatewayKeys(ApiGatewayClient gateway, String stage) {
        this.gateway = gateway;
        this.stage = stage;
    }

    /// The usage plans of the stage's clients. A plan that somebody has made by hand under a similar name is not one.
    Map<ClientName, UsagePlan> plans() {
        var prefix = ResourceNames.usagePlans(stage);
        return gateway.getUsagePlansPaginator().items().stream()
                .filter(plan -> plan.name().startsWith(prefix)
                        && ClientName.isName(plan.name().substring(prefix.length())))
                .collect(toMap(
                        plan -> new ClientName(plan.name().substring(prefix.length())), plan -> plan, (one, _) -> one));
    }

    /// The stage's keys: all whose names begin as those of this command do.
    List<GatewayKey> keys() {
        var prefix = ResourceNames.gatewayKeys(stage);
        return gateway.getApiKeysPaginator(get -> get.nameQuery(prefix).includeValues(true)).items().stream()
                .filter(key -> key.name().startsWith(prefix))
                .map(key -> new GatewayKey(key.id(), key.value(), key.enabled()))
                .toList();
    }

    /// Makes API Gateway have exactly these keys of the stage, each in the usage plan of its client. A key that
    /// somebody has disabled there stays disabled. What is right already is not touched.
    ///
    /// @param wanted keys whose clients have a usage plan
    void makeEqualTo(List<ApiKey> wanted, Map<ClientName, UsagePlan> plans) {
        var present = keys();
        present.stream()
                .filter(key -> wanted.stream().noneMatch(it -> it.value().equals(key.value())))
                .forEach(key -> delete(key.gatewayId()));
        for (var key : wanted) {
            var gatewayId = present.stream()
                    .filter(it -> it.value().equals(key.value()))
                    .findFirst()
                    .map(GatewayKey::gatewayId)
                    .orElseGet(() -> create(key));
            var plan = plans.get(key.client());
            if (plan != null && !namesOf(plan).containsKey(gatewayId)) {
                gateway.createUsagePlanKey(
                        create -> create.usagePlanId(plan.id()).keyId(gatewayId).keyType(KEY_TYPE));
            }
        }
    }

    /// How many requests each key of a plan has made on a day (UTC), by the id that API Gateway gave it; absent for a
    /// key that has made none.
    Map<String, Long> used(UsagePlan plan, LocalDate day) {
        return gateway
                .getUsagePaginator(get ->
                        get.usagePlanId(plan.id()).startDate(day.toString()).endDate(day.toString()))
                .stream()
                .flatMap(page -> page.items().entrySet().stream())
                .collect(toMap(
                        Map.Entry::getKey,
                        entry -> entry.getValue().stream()
                                .map(List::getFirst)
                                .mapToLong(Long::longValue)
                                .sum(),
                        Long::sum));
    }

    /// The most requests that a key of a plan may make in a day; empty without a quota.
    static Optional<Integer> quota(UsagePlan plan) {
        return Optional.ofNullable(plan.quota()).map(quota -> quota.limit());
    }

    /// The keys in a plan, whoever has made them: their names by the ids that API Gateway gave them.
    Map<String, String> namesOf(UsagePlan plan) {
        return gateway.getUsagePlanKeysPaginator(get -> get.usagePlanId(plan.id())).items().stream()
                .collect(toMap(
                        key -> key.id(), key -> Optional.ofNullable(key.name()).orElse(""), (one, _) -> one));
    }

    private String create(ApiKey key) {
        return gateway.createApiKey(create -> create.name(ResourceNames.gatewayKey(stage, key.id()))
                        .description("made by ./vowcheck key from the secret "
                                + ResourceNames.clientSecret(stage, key.client()))
                        .value(key.value())
                        .enabled(true))
                .id();
    }

    private void delete(String gatewayId) {
        try {
            gateway.deleteApiKey(delete -> delete.apiKey(gatewayId));
        } catch (NotFoundException _) {
            // somebody else has deleted it meanwhile
        }
    }
}
