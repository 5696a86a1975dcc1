"""One row for each resource type.

LocalStack's internal client matches CloudFormation's PascalCase to the API's member names and types and drops what the
API does not know: a row needs only the operations' names and where the results go.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Row:
    """How a resource type maps to API operations of one service."""

    type: str
    service: str
    create: str
    id: str
    """The property that Ref gives."""

    delete: str
    delete_arguments: dict[str, str] = field(default_factory=dict)
    """API parameter <- property; empty: what create was given."""

    delete_fixed: dict[str, Any] = field(default_factory=dict)
    results: dict[str, str] = field(default_factory=dict)
    """Property (GetAtt) <- path in create's result."""

    name: str = ""
    """The property that gets a generated name when absent."""

    rename: dict[str, str] = field(default_factory=dict)
    """Property -> API parameter, where they differ by more than case."""

    create_only: tuple[str, ...] = ()
    """Properties whose change makes a new resource."""

    update: str = ""
    update_parameters: tuple[str, ...] = ()
    """Properties that the update operation takes; without one an update fails by name."""

    arguments: Callable[[dict[str, Any]], dict[str, Any]] = dict
    """Properties -> API parameters, where a name for a name does not do."""


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
