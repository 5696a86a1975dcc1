package vowcheck.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who learns, and when, that an account costs more than its stage says.
class SpendingLimitTest {
    @ParameterizedTest
    @CsvSource({"dev, 200", "prod, 400"})
    void aStageInAnAccountHasABudget(String stage, int dollars) {
        assertThat(Synthesized.of(stage).resources("AWS::Budgets::Budget"))
                .singleElement()
                .satisfies(budget -> assertThat(budget.properties().at("Budget").map())
                        .containsEntry("BudgetName", "vowcheck-" + stage + "-month")
                        .containsEntry("BudgetType", "COST")
                        .containsEntry("TimeUnit", "MONTHLY")
                        .containsEntry("BudgetLimit", Map.of("Amount", dollars, "Unit", "USD")));
    }

    @ParameterizedTest
    @CsvSource({"0, ACTUAL, 80", "1, FORECASTED, 100"})
    void thoseWhoGetTheAlarmsGetAMail(int index, String kind, int percent) {
        var mail = Synthesized.of("prod")
                .resource("AWS::Budgets::Budget", "SpendingLimit")
                .properties()
                .at("NotificationsWithSubscribers")
                .list()
                .get(index);
        assertThat(mail.at("Notification").map())
                .isEqualTo(Map.of(
                        "NotificationType",
                        kind,
                        "ComparisonOperator",
                        "GREATER_THAN",
                        "Threshold",
                        percent,
                        "ThresholdType",
                        "PERCENTAGE"));
        assertThat(mail.at("Subscribers").value())
                .isEqualTo(List.of(Map.of("SubscriptionType", "EMAIL", "Address", "operators@example.org")));
    }
}
