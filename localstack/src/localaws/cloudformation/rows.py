"""One row for each resource type.

LocalStack's internal client converts CloudFormation's PascalCase to the member names and types of the API, and drops
members that the API does not define. A row therefore names only the operations and where their results go.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

BREAKER_FAILURES = 3
"""Failed tasks after which a deployment counts as failed; the minimum that ECS uses."""


@dataclass(frozen=True)
class Row:
    """How a resource type maps to API operations of one service."""

    type: str
    service: str
    create: str
    id: str
    """The property that Ref returns."""

    delete: str
    delete_arguments: dict[str, str] = field(default_factory=dict)
    """API parameter <- property, or [property] if it takes a list. Empty: the arguments of create."""

    delete_fixed: dict[str, Any] = field(default_factory=dict)
    results: dict[str, str] = field(default_factory=dict)
    """Property (GetAtt) <- path in the result of create."""

    name: str = ""
    """The property that gets a generated name if it is absent."""

    name_characters: int = 63
    """The maximum length of that name."""

    rename: dict[str, str] = field(default_factory=dict)
    """Property -> API parameter, if they differ in more than case."""

    create_only: tuple[str, ...] = ()
    """Properties whose change requires a new resource."""

    update: str = ""
    update_parameters: tuple[str, ...] = ()
    """Properties that the update operation accepts; changing any other property fails with an error that names it."""

    arguments: Callable[[dict[str, Any]], dict[str, Any]] = dict
    """Properties -> API parameters, if renaming them is not enough."""

    derived: Callable[[dict[str, Any]], dict[str, Any]] | None = None
    """Additional properties (GetAtt), computed from those that create returned."""

    ready: Callable[[Any, dict[str, Any]], bool | str] | None = None
    """Called until it returns True (the new state is in use) or a text that says why the change failed."""


def security_group_rule(properties: dict[str, Any]) -> dict[str, Any]:
    rule: dict[str, Any] = {"IpProtocol": str(properties["IpProtocol"])}
    rule |= {k: int(properties[k]) for k in ("FromPort", "ToPort") if k in properties}
    text = {"Description": properties.get("Description", "")}
    if peer := properties.get("SourceSecurityGroupId") or properties.get("DestinationSecurityGroupId"):
        rule["UserIdGroupPairs"] = [{"GroupId": peer, **text}]
    if cidr := properties.get("CidrIp"):
        rule["IpRanges"] = [{"CidrIp": cidr, **text}]
    if cidr := properties.get("CidrIpv6"):
        rule["Ipv6Ranges"] = [{"CidrIpv6": cidr, **text}]
    if prefixes := properties.get("SourcePrefixListId") or properties.get("DestinationPrefixListId"):
        rule["PrefixListIds"] = [{"PrefixListId": prefixes, **text}]
    return {"GroupId": properties["GroupId"], "IpPermissions": [rule]}


def metric_filter(properties: dict[str, Any]) -> dict[str, Any]:
    """The API takes the dimensions as a map."""
    transformations = [
        {**each, "Dimensions": {d["Key"]: d["Value"] for d in each["Dimensions"]}} if "Dimensions" in each else each
        for each in properties["MetricTransformations"]
    ]
    return {**properties, "MetricTransformations": transformations}


def without_tags(properties: dict[str, Any]) -> dict[str, Any]:
    """For APIs that take a map of tags, while CloudFormation has a list."""
    return {name: value for name, value in properties.items() if name != "Tags"}


def service_ready(client: Any, properties: dict[str, Any]) -> bool | str:
    """Without a circuit breaker, CloudFormation waits three hours for a service; here, until the third failed task."""
    found = client.describe_services(cluster=properties.get("Cluster"), services=[properties["ServiceArn"]])
    service = found["services"][0]
    deployment = service["deployments"][0]
    if deployment["rolloutState"] == "COMPLETED":
        return True
    if deployment["rolloutState"] == "FAILED" or deployment["failedTasks"] >= BREAKER_FAILURES:
        return f"The service does not run: {service['events'][0]['message']}"
    return False


_RULE = ("GroupId", "IpProtocol", "FromPort", "ToPort", "CidrIp", "CidrIpv6", "Description")

ROWS = [
    Row(
        "AWS::ApiGateway::Authorizer",
        "apigateway",
        create="create_authorizer",
        id="AuthorizerId",
        delete="delete_authorizer",
        delete_arguments={"restApiId": "RestApiId", "authorizerId": "AuthorizerId"},
        results={"AuthorizerId": "id"},
        create_only=(
            *("RestApiId", "Name", "Type", "AuthType", "AuthorizerUri", "AuthorizerCredentials", "IdentitySource"),
            *("AuthorizerResultTtlInSeconds", "IdentityValidationExpression", "ProviderARNs"),
        ),
    ),
    Row(
        "AWS::ApiGateway::VpcLink",
        "apigateway",
        create="create_vpc_link",
        id="VpcLinkId",
        delete="delete_vpc_link",
        delete_arguments={"vpcLinkId": "VpcLinkId"},
        results={"VpcLinkId": "id"},
        create_only=("Name", "Description", "TargetArns"),
        arguments=without_tags,
    ),
    Row(
        "AWS::CloudWatch::Dashboard",
        "cloudwatch",
        create="put_dashboard",
        id="DashboardName",
        delete="delete_dashboards",
        delete_arguments={"DashboardNames": "[DashboardName]"},
        name="DashboardName",
        create_only=("DashboardName",),
        update="put_dashboard",
        update_parameters=("DashboardName", "DashboardBody"),
    ),
    Row(
        "AWS::EC2::SecurityGroupEgress",
        "ec2",
        create="authorize_security_group_egress",
        id="Id",
        delete="revoke_security_group_egress",
        arguments=security_group_rule,
        results={"Id": "SecurityGroupRules.0.SecurityGroupRuleId"},
        create_only=(*_RULE, "DestinationSecurityGroupId", "DestinationPrefixListId"),
    ),
    Row(
        "AWS::EC2::SecurityGroupIngress",
        "ec2",
        create="authorize_security_group_ingress",
        id="Id",
        delete="revoke_security_group_ingress",
        arguments=security_group_rule,
        results={"Id": "SecurityGroupRules.0.SecurityGroupRuleId"},
        create_only=(*_RULE, "SourceSecurityGroupId", "SourcePrefixListId"),
    ),
    Row(
        "AWS::ECS::Cluster",
        "ecs",
        create="create_cluster",
        id="ClusterName",
        delete="delete_cluster",
        delete_arguments={"cluster": "ClusterName"},
        results={"Arn": "cluster.clusterArn"},
        name="ClusterName",
        rename={"ClusterSettings": "Settings"},
        create_only=("ClusterName",),
    ),
    Row(
        "AWS::ECS::ClusterCapacityProviderAssociations",
        "ecs",
        create="put_cluster_capacity_providers",
        id="Cluster",
        delete="put_cluster_capacity_providers",
        delete_arguments={"cluster": "Cluster"},
        delete_fixed={"capacityProviders": [], "defaultCapacityProviderStrategy": []},
        create_only=("Cluster",),
        update="put_cluster_capacity_providers",
        update_parameters=("Cluster", "CapacityProviders", "DefaultCapacityProviderStrategy"),
    ),
    Row(
        "AWS::ECS::Service",
        "ecs",
        create="create_service",
        id="ServiceArn",
        delete="delete_service",
        delete_arguments={"cluster": "Cluster", "service": "ServiceArn"},
        delete_fixed={"force": True},
        results={"ServiceArn": "service.serviceArn", "Name": "service.serviceName"},
        name="ServiceName",
        rename={"ServiceArn": "Service"},
        create_only=("ServiceName", "Cluster", "LaunchType", "SchedulingStrategy", "Role"),
        update="update_service",
        update_parameters=(
            *("Cluster", "ServiceArn", "TaskDefinition", "DesiredCount", "DeploymentConfiguration", "LoadBalancers"),
            *("NetworkConfiguration", "HealthCheckGracePeriodSeconds", "PlatformVersion", "PropagateTags"),
            *("CapacityProviderStrategy", "EnableECSManagedTags", "EnableExecuteCommand", "ServiceRegistries"),
        ),
        ready=service_ready,
    ),
    Row(
        "AWS::ECS::TaskDefinition",
        "ecs",
        create="register_task_definition",
        id="TaskDefinitionArn",
        delete="deregister_task_definition",
        delete_arguments={"taskDefinition": "TaskDefinitionArn"},
        results={"TaskDefinitionArn": "taskDefinition.taskDefinitionArn"},
        name="Family",
        create_only=(
            *("Family", "ContainerDefinitions", "Cpu", "Memory", "NetworkMode", "TaskRoleArn", "ExecutionRoleArn"),
            *("RequiresCompatibilities", "RuntimePlatform", "Volumes", "EphemeralStorage"),
        ),
    ),
    Row(
        "AWS::ElasticLoadBalancingV2::Listener",
        "elbv2",
        create="create_listener",
        id="ListenerArn",
        delete="delete_listener",
        delete_arguments={"ListenerArn": "ListenerArn"},
        results={"ListenerArn": "Listeners.0.ListenerArn"},
        create_only=("LoadBalancerArn", "Port", "Protocol", "DefaultActions"),
    ),
    Row(
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
        "elbv2",
        create="create_load_balancer",
        id="LoadBalancerArn",
        delete="delete_load_balancer",
        delete_arguments={"LoadBalancerArn": "LoadBalancerArn"},
        results={
            "LoadBalancerArn": "LoadBalancers.0.LoadBalancerArn",
            "DNSName": "LoadBalancers.0.DNSName",
            "LoadBalancerName": "LoadBalancers.0.LoadBalancerName",
            "CanonicalHostedZoneID": "LoadBalancers.0.CanonicalHostedZoneId",
        },
        derived=lambda made: {"LoadBalancerFullName": made["LoadBalancerArn"].split(":loadbalancer/")[1]},
        name="Name",
        name_characters=32,
        create_only=("Name", "Scheme", "Type", "Subnets", "SubnetMappings", "SecurityGroups"),
    ),
    Row(
        "AWS::ElasticLoadBalancingV2::TargetGroup",
        "elbv2",
        create="create_target_group",
        id="TargetGroupArn",
        delete="delete_target_group",
        delete_arguments={"TargetGroupArn": "TargetGroupArn"},
        results={
            "TargetGroupArn": "TargetGroups.0.TargetGroupArn",
            "TargetGroupName": "TargetGroups.0.TargetGroupName",
        },
        derived=lambda made: {"TargetGroupFullName": made["TargetGroupArn"].split(":")[-1]},
        name="Name",
        name_characters=32,
        create_only=("Name", "Port", "Protocol", "TargetType", "VpcId"),
    ),
    Row(
        "AWS::Logs::MetricFilter",
        "logs",
        create="put_metric_filter",
        id="FilterName",
        delete="delete_metric_filter",
        delete_arguments={"logGroupName": "LogGroupName", "filterName": "FilterName"},
        name="FilterName",
        create_only=("FilterName", "LogGroupName"),
        update="put_metric_filter",
        update_parameters=("FilterName", "LogGroupName", "FilterPattern", "MetricTransformations"),
        arguments=metric_filter,
    ),
    Row(
        "AWS::RDS::DBInstance",
        "rds",
        create="create_db_instance",
        id="DBInstanceIdentifier",
        delete="delete_db_instance",
        delete_arguments={"DBInstanceIdentifier": "DBInstanceIdentifier"},
        delete_fixed={"SkipFinalSnapshot": True},
        results={
            "Endpoint.Address": "DBInstance.Endpoint.Address",
            "Endpoint.Port": "DBInstance.Endpoint.Port",
            "DBInstanceArn": "DBInstance.DBInstanceArn",
            "DbiResourceId": "DBInstance.DbiResourceId",
        },
        name="DBInstanceIdentifier",
        rename={"VPCSecurityGroups": "VpcSecurityGroupIds"},
        create_only=("DBInstanceIdentifier", "DBName", "MasterUsername", "Engine", "DBSubnetGroupName", "Port"),
        update="modify_db_instance",
        update_parameters=(
            *("DBInstanceIdentifier", "DBInstanceClass", "AllocatedStorage", "BackupRetentionPeriod", "MultiAZ"),
            *("DeletionProtection", "EngineVersion", "DBParameterGroupName", "CopyTagsToSnapshot"),
        ),
    ),
    Row(
        "AWS::RDS::DBParameterGroup",
        "rds",
        create="create_db_parameter_group",
        id="DBParameterGroupName",
        delete="delete_db_parameter_group",
        delete_arguments={"DBParameterGroupName": "DBParameterGroupName"},
        name="DBParameterGroupName",
        rename={"Family": "DBParameterGroupFamily"},
        create_only=("DBParameterGroupName", "Family", "Description", "Parameters"),
    ),
    Row(
        "AWS::RDS::DBSubnetGroup",
        "rds",
        create="create_db_subnet_group",
        id="DBSubnetGroupName",
        delete="delete_db_subnet_group",
        delete_arguments={"DBSubnetGroupName": "DBSubnetGroupName"},
        name="DBSubnetGroupName",
        create_only=("DBSubnetGroupName",),
        update="modify_db_subnet_group",
        update_parameters=("DBSubnetGroupName", "DBSubnetGroupDescription", "SubnetIds"),
    ),
]
