package vowcheck.launcher.preflight;

/// A role by which a service of AWS works in an account. A service makes it when it is first used, if the caller may
/// do that, and sometimes too late for the deployment that uses it.
enum ServiceRole {
    ECS("AWS::ECS::Cluster", "AWSServiceRoleForECS", "ecs.amazonaws.com"),
    RDS("AWS::RDS::DBInstance", "AWSServiceRoleForRDS", "rds.amazonaws.com"),
    LOAD_BALANCING(
            "AWS::ElasticLoadBalancingV2::LoadBalancer",
            "AWSServiceRoleForElasticLoadBalancing",
            "elasticloadbalancing.amazonaws.com"),
    API_GATEWAY("AWS::ApiGateway::VpcLink", "AWSServiceRoleForAPIGateway", "ops.apigateway.amazonaws.com");

    private final String type;
    private final String roleName;
    private final String principal;

    ServiceRole(String type, String roleName, String principal) {
        this.type = type;
        this.roleName = roleName;
        this.principal = principal;
    }

    /// The CloudFormation type that needs it.
    String type() {
        return type;
    }

    String roleName() {
        return roleName;
    }

    /// The service's name for `aws iam create-service-linked-role`.
    String principal() {
        return principal;
    }
}
