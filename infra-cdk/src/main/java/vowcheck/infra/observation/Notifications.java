package vowcheck.infra.observation;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.iam.ServicePrincipalOpts;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.sns.ITopic;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.constructs.Construct;
import vowcheck.infra.stage.Stage;

/// The topic that notifies people by e-mail.
public final class Notifications extends Construct {
    private final Topic topic;

    public Notifications(Construct scope, String id, Stage stage) {
        super(scope, id);
        // A key of its own: alarms may not use the key that AWS manages for SNS.
        var key = Key.Builder.create(this, "Key")
                .description("Notifications of vowcheck " + stage.name())
                .enableKeyRotation(true)
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        topic = Topic.Builder.create(this, "Topic")
                .displayName("vowcheck " + stage.name())
                .masterKey(key)
                .enforceSsl(true)
                .build();
        letAlarmsPublish(key);
        for (var email : stage.observation().notificationEmails()) {
            topic.addSubscription(new EmailSubscription(email));
        }
    }

    /// A topic's policy replaces the one that SNS gives a topic without any, by which the account's alarms may
    /// publish. Only alarms of this account may: CloudWatch acts for every account.
    private void letAlarmsPublish(Key key) {
        var alarms = new ServicePrincipal(
                "cloudwatch.amazonaws.com",
                ServicePrincipalOpts.builder()
                        .conditions(Map.of(
                                "StringEquals",
                                Map.of("aws:SourceAccount", Stack.of(this).getAccount())))
                        .build());
        topic.addToResourcePolicy(PolicyStatement.Builder.create()
                .principals(List.of(alarms))
                .actions(List.of("sns:Publish"))
                .resources(List.of(topic.getTopicArn()))
                .build());
        key.grant(alarms, "kms:Decrypt", "kms:GenerateDataKey*");
    }

    /// Lets a publisher publish, which includes encrypting with the topic's key.
    public void grantPublish(IGrantable publisher) {
        topic.grantPublish(publisher);
    }

    /// The topic to publish to.
    public ITopic topic() {
        return topic;
    }
}
