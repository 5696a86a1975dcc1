package vowcheck.infra.observation;

import java.util.List;
import software.amazon.awscdk.services.budgets.CfnBudget;
import software.constructs.Construct;
import vowcheck.infra.stage.Stage;

/// A budget for the account's month: mails those who get the alarms when four fifths of it are spent, and when
/// all of it is forecast to be. AWS bills with a day's delay, and stops nothing.
///
/// It counts the whole account, whatever else is there: a filter by the tag `stage` would find nothing in an
/// account that has not activated the tag for its bills.
public final class SpendingLimit extends Construct {
    private static final int NEARLY_PERCENT = 80;
    private static final int ALL_PERCENT = 100;

    public SpendingLimit(Construct scope, String id, Stage stage) {
        super(scope, id);
        CfnBudget.Builder.create(this, "Budget")
                .budget(CfnBudget.BudgetDataProperty.builder()
                        .budgetName(stage.resourceName("month"))
                        .budgetType("COST")
                        .timeUnit("MONTHLY")
                        .budgetLimit(CfnBudget.SpendProperty.builder()
                                .amount(stage.limits().monthlyBudgetUsd())
                                .unit("USD")
                                .build())
                        .build())
                .notificationsWithSubscribers(
                        stage.observation().notificationEmails().isEmpty()
                                ? List.of()
                                : List.of(
                                        mail(stage, "ACTUAL", NEARLY_PERCENT), mail(stage, "FORECASTED", ALL_PERCENT)))
                .build();
    }

    private static CfnBudget.NotificationWithSubscribersProperty mail(Stage stage, String kind, int percent) {
        return CfnBudget.NotificationWithSubscribersProperty.builder()
                .notification(CfnBudget.NotificationProperty.builder()
                        .notificationType(kind)
                        .comparisonOperator("GREATER_THAN")
                        .threshold(percent)
                        .thresholdType("PERCENTAGE")
                        .build())
                .subscribers(stage.observation().notificationEmails().stream()
                        .map(address -> CfnBudget.SubscriberProperty.builder()
                                .subscriptionType("EMAIL")
                                .address(address)
                                .build())
                        .toList())
                .build();
    }
}
