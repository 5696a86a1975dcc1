package vowcheck.infra.functions;

import java.util.List;
import software.amazon.awscdk.interfaces.cloudwatch.IAlarmRef;
import software.amazon.awscdk.services.codedeploy.LambdaApplication;
import software.amazon.awscdk.services.codedeploy.LambdaDeploymentConfig;
import software.amazon.awscdk.services.codedeploy.LambdaDeploymentGroup;
import software.constructs.Construct;
import vowcheck.infra.nag.Nag;
import vowcheck.infra.stage.Stage;

/// A new version of the scoring function answers a tenth of the calls for five minutes, and then all of them. An alarm
/// that is raised meanwhile, or was already, moves the alias back, and the deployment fails and is rolled back.
public final class StagedRollout extends Construct {

    /// @param alarms which say that the new version is worse
    public StagedRollout(
            Construct scope, String id, Stage stage, ScoringFunction scoring, List<? extends IAlarmRef> alarms) {
        super(scope, id);
        var name = stage.resourceName("scoring");
        LambdaDeploymentGroup.Builder.create(this, "Group")
                .application(LambdaApplication.Builder.create(this, "Application")
                        .applicationName(name)
                        .build())
                .deploymentGroupName(name)
                .alias(scoring.live())
                .deploymentConfig(LambdaDeploymentConfig.CANARY_10_PERCENT_5_MINUTES)
                .alarms(alarms)
                .build();
        Nag.accept(this, "AwsSolutions-IAM4", "CodeDeploy's documentation prescribes this managed policy");
    }
}
