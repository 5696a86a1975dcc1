package vowcheck.infra.api;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.apigateway.Stage;
import software.amazon.awscdk.services.wafv2.CfnWebACL;
import software.amazon.awscdk.services.wafv2.CfnWebACLAssociation;
import software.constructs.Construct;

/// Refuses an address that sends too many names and passwords: whoever guesses passwords gets through a list of
/// common ones in years instead of hours. Counts only calls with the header `Authorization` of Basic
/// authentication, so that clerks, who may share an address, are never refused; MLflow's pages send it with
/// each of their calls.
final class LoginLimit extends Construct {
    private static final int WINDOW_SECONDS = 300;

    LoginLimit(Construct scope, String id, vowcheck.infra.stage.Stage stage, Stage deployed) {
        super(scope, id);
        var rules = CfnWebACL.Builder.create(this, "Rules")
                .name(stage.resourceName("logins"))
                .description("Refuses addresses that send too many names and passwords")
                .scope("REGIONAL")
                .defaultAction(CfnWebACL.DefaultActionProperty.builder()
                        .allow(CfnWebACL.AllowActionProperty.builder().build())
                        .build())
                .rules(List.of(CfnWebACL.RuleProperty.builder()
                        .name("logins-per-address")
                        .priority(0)
                        .action(CfnWebACL.RuleActionProperty.builder()
                                .block(CfnWebACL.BlockActionProperty.builder()
                                        .customResponse(CfnWebACL.CustomResponseProperty.builder()
                                                .responseCode(429)
                                                .build())
                                        .build())
                                .build())
                        .statement(CfnWebACL.StatementProperty.builder()
                                .rateBasedStatement(CfnWebACL.RateBasedStatementProperty.builder()
                                        .aggregateKeyType("IP")
                                        .evaluationWindowSec(WINDOW_SECONDS)
                                        .limit(stage.limits().loginsPerAddress())
                                        .scopeDownStatement(basicAuthentication())
                                        .build())
                                .build())
                        .visibilityConfig(visible(stage, "logins-per-address"))
                        .build()))
                .visibilityConfig(visible(stage, "logins"))
                .build();
        CfnWebACLAssociation.Builder.create(this, "Association")
                .resourceArn(deployed.getStageArn())
                .webAclArn(rules.getAttrArn())
                .build();
    }

    private static CfnWebACL.StatementProperty basicAuthentication() {
        return CfnWebACL.StatementProperty.builder()
                .byteMatchStatement(CfnWebACL.ByteMatchStatementProperty.builder()
                        .fieldToMatch(CfnWebACL.FieldToMatchProperty.builder()
                                .singleHeader(Map.of("Name", "authorization"))
                                .build())
                        .positionalConstraint("STARTS_WITH")
                        .searchString("basic ")
                        .textTransformations(List.of(CfnWebACL.TextTransformationProperty.builder()
                                .priority(0)
                                .type("LOWERCASE")
                                .build()))
                        .build())
                .build();
    }

    /// Without samples of requests: they have the headers.
    private static CfnWebACL.VisibilityConfigProperty visible(vowcheck.infra.stage.Stage stage, String name) {
        return CfnWebACL.VisibilityConfigProperty.builder()
                .cloudWatchMetricsEnabled(true)
                .metricName(stage.resourceName(name))
                .sampledRequestsEnabled(false)
                .build();
    }
}
