package vowcheck.infra.functions;

import java.util.List;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;
import vowcheck.adapters.settings.Setting;
import vowcheck.core.workflow.Execution;
import vowcheck.infra.data.DatabaseRole;
import vowcheck.infra.data.DatabaseServer;
import vowcheck.infra.data.ModelBucket;
import vowcheck.infra.data.Network;
import vowcheck.infra.programs.HandlerFunction;
import vowcheck.infra.programs.MlflowAccess;
import vowcheck.lambda.OperationsHandler;

/// The function that answers the operators' calls.
public final class OperationsFunction extends HandlerFunction {
    /// What the function works on.
    public record Resources(
            Network network, DatabaseServer database, ModelBucket models, MlflowAccess mlflow, ExportFunction export) {}

    public OperationsFunction(Construct scope, String id, Common common, Resources resources) {
        super(
                scope,
                id,
                common,
                new Props(
                        "operations",
                        OperationsHandler.class,
                        OperationsHandler.SETTINGS,
                        "Answers the operators: update-model, rollback, approvals, exports",
                        ANSWER_TIMEOUT,
                        List.of(resources.network()),
                        Capacity.ofEnvironments(10),
                        Start.PLAIN));
        set(Setting.STAGE, common.stage().name());
        worksAs(resources.database(), DatabaseRole.PROMOTION);
        promotesModels(resources.models());
        resources.models().grantDecisions(grantee());
        callsMlflow(resources.mlflow());
        resources.models().grantExportOrders(grantee());
        var export = resources.export().live().getFunctionArn();
        set(Setting.EXPORT_FUNCTION, export);
        may("lambda:InvokeFunction", export);
        // Answers a training that waits for approval. By its name: it depends on functions that are made later.
        may(
                "states:SendTaskSuccess",
                Stack.of(this)
                        .formatArn(ArnComponents.builder()
                                .service("states")
                                .resource("stateMachine")
                                .resourceName(common.stage().resourceName(Execution.TRAINING))
                                .arnFormat(ArnFormat.COLON_RESOURCE_NAME)
                                .build()));
    }
}
