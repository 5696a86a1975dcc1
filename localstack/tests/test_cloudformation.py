"""The resource types that exist, those that fail by name, and the table that fills the gaps."""

import ast
import inspect
import json
import os
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import localstack.services
import pytest
from account import PRETENDED, Account, StackError
from botocore.exceptions import ClientError
from localstack.services.cloudformation.engine.v2.change_set_model_executor import ChangeSetModelExecutor
from localstack.services.cloudformation.resource_provider import ResourceProviderExecutor

from localaws.cloudformation.rows import ROWS
from localaws.patches import cloudformation_unsupported

GROUP = "localstack.cloudformation.resource_providers"
PATCHED = {"AWS::SecretsManager::SecretTargetAttachment"}
DO_WITHOUT_AN_API = {"AWS::CloudFormation::Macro", "AWS::CDK::Metadata"}


def check_stacks(account: Account, *stacks: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "localaws.check_stacks", *stacks],
        env={"PATH": os.environ["PATH"], "AWS_ENDPOINT_URL": account.endpoint, "AWS_REGION": "eu-central-1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("type_", ["AWS::EC2::FlowLog", "Custom::Other", "AWS::SecretsManager::RotationSchedule"])
def test_a_type_that_nothing_emulates_fails_its_stack_by_name(account: Account, type_: str) -> None:
    """patches/cloudformation_unsupported.py."""
    name = f"unsupported-{type_.rsplit(':', 1)[1]}"
    with pytest.raises(StackError, match=f"Thing Resource type {type_} is not emulated here"):
        account.deploy(name, {"Thing": {"Type": type_, "Properties": {"ServiceToken": "x"}}})
    account.destroy(name)


def test_a_type_on_the_list_may_pretend_and_check_stacks_knows(account: Account) -> None:
    trigger = {"Type": PRETENDED, "Properties": {"ServiceToken": "arn:aws:lambda:eu-central-1:000000000000:function:x"}}
    account.deploy("pretended", {"Trigger": trigger, "Queue": {"Type": "AWS::SQS::Queue"}})
    refused = check_stacks(account, "pretended")
    assert (refused.returncode, refused.stderr.splitlines()[-1]) == (1, f"pretended Trigger {PRETENDED}")


def test_check_stacks_passes_what_exists(account: Account) -> None:
    account.deploy("existing", {"Queue": {"Type": "AWS::SQS::Queue"}})
    passed = check_stacks(account, "existing")
    assert (passed.returncode, passed.stdout) == (0, "1 stacks: every resource exists\n")
    account.destroy("existing")
    everything = check_stacks(account)
    assert "existing" not in everything.stderr, "deleted stacks are not checked"
    assert "Traceback" not in everything.stderr


def test_upstream_pretends_in_the_providers_that_call_no_api() -> None:
    silent = set()
    for path in Path(localstack.services.__path__[0]).glob("*/resource_providers/*.py"):
        source = path.read_text()
        if "aws_client_factory" in source:
            continue
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "TYPE":
                silent.add(ast.literal_eval(node.value))
    assert silent - PATCHED - DO_WITHOUT_AN_API == cloudformation_unsupported.PRETENDED


def test_every_row_is_an_entry_point_and_vice_versa() -> None:
    ours = {e.name.lower() for e in entry_points(group=GROUP) if e.value.startswith("localaws.")}
    assert ours == {row.type.lower() for row in ROWS}


def test_upstream_still_lacks_every_row() -> None:
    theirs = {e.name.lower() for e in entry_points(group=GROUP) if not e.value.startswith("localaws.")}
    assert not theirs & {row.type.lower() for row in ROWS}


def test_upstream_still_has_no_provider_for_custom_resources() -> None:
    assert ResourceProviderExecutor.try_load_resource_provider("Custom::Trigger") is None


def alarm(threshold: int) -> dict[str, Any]:
    properties = {
        "ComparisonOperator": "GreaterThanThreshold",
        "EvaluationPeriods": 1,
        "Threshold": threshold,
        "Namespace": "tests",
        "MetricName": "calls",
        "Period": 300,
        "Statistic": "Maximum",
    }
    return {"Type": "AWS::CloudWatch::Alarm", "Properties": properties}


def test_an_update_that_upstream_ignores_is_made_or_fails_by_name(account: Account) -> None:
    """patches/cloudformation_ignored_update.py."""
    log = {"Type": "AWS::Logs::LogGroup", "Properties": {"RetentionInDays": 7}}
    account.deploy("updates", {"Alarm": alarm(1), "Log": log})
    account.deploy("updates", {"Alarm": alarm(2), "Log": log})
    (found,) = account.client("cloudwatch").describe_alarms(AlarmNamePrefix="updates")["MetricAlarms"]
    assert found["Threshold"] == 2
    log["Properties"]["RetentionInDays"] = 14
    with pytest.raises(StackError, match="An update of RetentionInDays of AWS::Logs::LogGroup is not emulated here"):
        account.deploy("updates", {"Alarm": alarm(2), "Log": log})
    assert account.status("updates") == "UPDATE_ROLLBACK_COMPLETE", "patches/cloudformation_update_rollback.py"


def test_a_row_updates_what_it_can_and_fails_by_name_otherwise(account: Account) -> None:
    def instance(**properties: Any) -> dict[str, Any]:
        fixed = {
            "Engine": "postgres",
            "DBInstanceIdentifier": "changing",
            "MasterUsername": "owner",
            "MasterUserPassword": "password",
            "DBInstanceClass": "db.t4g.micro",
        }
        return {"Database": {"Type": "AWS::RDS::DBInstance", "Properties": fixed | properties}}

    account.deploy("changing", instance())
    account.deploy("changing", instance(DBInstanceClass="db.t4g.small"))
    (found,) = account.client("rds").describe_db_instances(DBInstanceIdentifier="changing")["DBInstances"]
    assert found["DBInstanceClass"] == "db.t4g.small"
    with pytest.raises(StackError, match="localaws cannot update MasterUserPassword of AWS::RDS::DBInstance"):
        account.deploy("changing", instance(MasterUserPassword="another one"))


def test_a_secrets_description_is_updated_and_another_change_fails_by_name(account: Account) -> None:
    """patches/secretsmanager_secret_update.py."""

    def described(description: str, length: int = 30) -> dict[str, Any]:
        properties = {"Name": "described", "GenerateSecretString": {"PasswordLength": length}}
        return {
            "Secret": {
                "Type": "AWS::SecretsManager::Secret",
                "Properties": properties | ({"Description": description} if description else {}),
            }
        }

    secrets = account.client("secretsmanager")
    account.deploy("described", described("first"))
    generated = secrets.get_secret_value(SecretId="described")
    for description in ("second", ""):
        account.deploy("described", described(description))
        assert secrets.describe_secret(SecretId="described").get("Description", "") == description
    assert secrets.get_secret_value(SecretId="described")["SecretString"] == generated["SecretString"]
    reason = "An update of GenerateSecretString of AWS::SecretsManager::Secret is not emulated here"
    with pytest.raises(StackError, match=reason):
        account.deploy("described", described("", length=40))


def test_a_dashboard_is_put_again(account: Account) -> None:
    def dashboard(text: str) -> dict[str, Any]:
        body = {"widgets": [{"type": "text", "properties": {"markdown": text}}]}
        return {"Board": {"Type": "AWS::CloudWatch::Dashboard", "Properties": {"DashboardBody": json.dumps(body)}}}

    name = account.deploy("board", dashboard("one"), {"Name": {"Ref": "Board"}})["Name"]
    account.deploy("board", dashboard("two"))
    cloudwatch = account.client("cloudwatch")
    assert "two" in cloudwatch.get_dashboard(DashboardName=name)["DashboardBody"]
    account.destroy("board")
    assert cloudwatch.list_dashboards()["DashboardEntries"] == []


def test_a_metric_filter_is_put_again_with_its_dimensions(account: Account) -> None:
    def resources(pattern: str) -> dict[str, Any]:
        metric = {
            "MetricName": "refused",
            "MetricNamespace": "tests",
            "MetricValue": "1",
            "Dimensions": [{"Key": "stage", "Value": "$.stage"}],
        }
        properties = {"LogGroupName": {"Ref": "Log"}, "FilterPattern": pattern, "MetricTransformations": [metric]}
        return {
            "Log": {"Type": "AWS::Logs::LogGroup", "Properties": {}},
            "Filter": {"Type": "AWS::Logs::MetricFilter", "Properties": properties},
        }

    logs = account.client("logs")
    for pattern in ('{ $.status = "429" }', '{ $.status = "403" }'):
        account.deploy("filtered", resources(pattern))
        # LocalStack keeps the former one besides.
        *_, found = logs.describe_metric_filters(metricName="refused", metricNamespace="tests")["metricFilters"]
        assert found["filterPattern"] == pattern
        assert found["metricTransformations"][0]["dimensions"] == {"stage": "$.stage"}
    account.destroy("filtered")


def test_a_listener_that_would_forward_to_another_port_fails_by_name(account: Account) -> None:
    properties = {"Port": 5000, "Protocol": "TCP", "TargetType": "ip", "VpcId": {"Ref": "Vpc"}}
    forward = [{"Type": "forward", "TargetGroupArn": {"Ref": "Targets"}}]
    resources = {
        **network(),
        "Targets": {"Type": "AWS::ElasticLoadBalancingV2::TargetGroup", "Properties": properties},
        "Balancer": {
            "Type": "AWS::ElasticLoadBalancingV2::LoadBalancer",
            "Properties": {"Type": "network", "Scheme": "internal", "Subnets": [{"Ref": "Subnet0"}]},
        },
        "Listener": {
            "Type": "AWS::ElasticLoadBalancingV2::Listener",
            "Properties": {
                "LoadBalancerArn": {"Ref": "Balancer"},
                "Port": 80,
                "Protocol": "TCP",
                "DefaultActions": forward,
            },
        },
    }
    with pytest.raises(StackError, match="Listener port 80 is not its target group's port 5000"):
        account.deploy("other-port", resources)
    account.destroy("other-port")


def test_upstream_still_confuses_a_failed_update_with_a_failed_creation() -> None:
    source = inspect.getsource(ChangeSetModelExecutor.execute)
    assert "UPDATE_ROLLBACK" not in source, "patches/cloudformation_update_rollback.py may not be needed"


def test_upstream_still_takes_an_update_it_cannot_make_for_a_success() -> None:
    source = inspect.getsource(ResourceProviderExecutor.execute_action)
    assert "except NotImplementedError" in source, "patches/cloudformation_ignored_update.py may not be needed"


def network() -> dict[str, Any]:
    subnets = {
        f"Subnet{number}": {
            "Type": "AWS::EC2::Subnet",
            "Properties": {
                "VpcId": {"Ref": "Vpc"},
                "CidrBlock": f"10.1.{number}.0/24",
                "AvailabilityZone": f"eu-central-1{zone}",
                "MapPublicIpOnLaunch": False,
            },
        }
        for number, zone in enumerate("ab")
    }
    rule = {"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432}
    return {
        "Vpc": {
            "Type": "AWS::EC2::VPC",
            "Properties": {"CidrBlock": "10.1.0.0/16", "EnableDnsHostnames": True, "EnableDnsSupport": True},
        },
        **subnets,
        "Routes": {"Type": "AWS::EC2::RouteTable", "Properties": {"VpcId": {"Ref": "Vpc"}}},
        "RoutesOfSubnet": {
            "Type": "AWS::EC2::SubnetRouteTableAssociation",
            "Properties": {"RouteTableId": {"Ref": "Routes"}, "SubnetId": {"Ref": "Subnet0"}},
        },
        **{
            name: {
                "Type": "AWS::EC2::SecurityGroup",
                "Properties": {
                    "GroupDescription": name,
                    "VpcId": {"Ref": "Vpc"},
                    "SecurityGroupEgress": [
                        {
                            "CidrIp": "255.255.255.255/32",
                            "IpProtocol": "icmp",
                            "FromPort": 252,
                            "ToPort": 86,
                            "Description": "Disallow all traffic",
                        }
                    ],
                },
            }
            for name in ("Functions", "Database")
        },
        "In": {
            "Type": "AWS::EC2::SecurityGroupIngress",
            "Properties": {
                **rule,
                "GroupId": {"Fn::GetAtt": ["Database", "GroupId"]},
                "SourceSecurityGroupId": {"Fn::GetAtt": ["Functions", "GroupId"]},
                "Description": "from functions",
            },
        },
        "Out": {
            "Type": "AWS::EC2::SecurityGroupEgress",
            "Properties": {
                **rule,
                "GroupId": {"Fn::GetAtt": ["Functions", "GroupId"]},
                "DestinationSecurityGroupId": {"Fn::GetAtt": ["Database", "GroupId"]},
            },
        },
        "Gateway": {
            "Type": "AWS::EC2::VPCEndpoint",
            "Properties": {
                "ServiceName": "com.amazonaws.eu-central-1.s3",
                "VpcId": {"Ref": "Vpc"},
                "RouteTableIds": [{"Ref": "Routes"}],
                "VpcEndpointType": "Gateway",
            },
        },
        "Interface": {
            "Type": "AWS::EC2::VPCEndpoint",
            "Properties": {
                "ServiceName": "com.amazonaws.eu-central-1.secretsmanager",
                "VpcId": {"Ref": "Vpc"},
                "SubnetIds": [{"Ref": "Subnet0"}, {"Ref": "Subnet1"}],
                "SecurityGroupIds": [{"Fn::GetAtt": ["Functions", "GroupId"]}],
                "PrivateDnsEnabled": True,
                "VpcEndpointType": "Interface",
            },
        },
    }


def rest() -> dict[str, Any]:
    allow = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "lambda.amazonaws.com"}}
    return {
        "Role": {
            "Type": "AWS::IAM::Role",
            "Properties": {
                "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [allow]},
                "ManagedPolicyArns": ["arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"],
            },
        },
        "Policy": {
            "Type": "AWS::IAM::Policy",
            "Properties": {
                "PolicyName": "policy",
                "Roles": [{"Ref": "Role"}],
                "PolicyDocument": {
                    "Version": "2012-10-17",
                    "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}],
                },
            },
        },
        "Key": {"Type": "AWS::KMS::Key", "Properties": {"EnableKeyRotation": True, "KeyPolicy": {"Statement": []}}},
        "Alias": {
            "Type": "AWS::KMS::Alias",
            "Properties": {"AliasName": "alias/tests", "TargetKeyId": {"Fn::GetAtt": ["Key", "Arn"]}},
        },
        "Bucket": {
            "Type": "AWS::S3::Bucket",
            "Properties": {
                "BucketName": "everything",
                "VersioningConfiguration": {"Status": "Enabled"},
                "PublicAccessBlockConfiguration": {"BlockPublicAcls": True, "BlockPublicPolicy": True},
            },
        },
        "BucketPolicy": {
            "Type": "AWS::S3::BucketPolicy",
            "Properties": {
                "Bucket": {"Ref": "Bucket"},
                "PolicyDocument": {
                    "Version": "2012-10-17",
                    "Statement": [
                        {
                            "Effect": "Deny",
                            "Principal": {"AWS": "*"},
                            "Action": "s3:*",
                            "Resource": {"Fn::GetAtt": ["Bucket", "Arn"]},
                            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
                        }
                    ],
                },
            },
        },
        "Topic": {"Type": "AWS::SNS::Topic"},
        "TopicPolicy": {
            "Type": "AWS::SNS::TopicPolicy",
            "Properties": {"Topics": [{"Ref": "Topic"}], "PolicyDocument": {"Statement": []}},
        },
        "Subscription": {
            "Type": "AWS::SNS::Subscription",
            "Properties": {"TopicArn": {"Ref": "Topic"}, "Protocol": "email", "Endpoint": "a@example.org"},
        },
        "Queue": {"Type": "AWS::SQS::Queue", "Properties": {"SqsManagedSseEnabled": True}},
        "QueuePolicy": {
            "Type": "AWS::SQS::QueuePolicy",
            "Properties": {"Queues": [{"Ref": "Queue"}], "PolicyDocument": {"Statement": []}},
        },
        "LogGroup": {"Type": "AWS::Logs::LogGroup", "Properties": {"RetentionInDays": 30}},
        "Errors": {
            "Type": "AWS::Logs::MetricFilter",
            "Properties": {
                "LogGroupName": {"Ref": "LogGroup"},
                "FilterPattern": "ERROR",
                "MetricTransformations": [
                    {"MetricName": "errors", "MetricNamespace": "tests", "MetricValue": "1", "DefaultValue": 0}
                ],
            },
        },
        "Alarm": {
            "Type": "AWS::CloudWatch::Alarm",
            "Properties": {
                "ComparisonOperator": "GreaterThanThreshold",
                "EvaluationPeriods": 1,
                "Threshold": 0,
                "Namespace": "AWS/SQS",
                "MetricName": "ApproximateNumberOfMessagesVisible",
                "Period": 300,
                "Statistic": "Maximum",
                "AlarmActions": [{"Ref": "Topic"}],
            },
        },
        "ApiAccount": {
            "Type": "AWS::ApiGateway::Account",
            "Properties": {"CloudWatchRoleArn": {"Fn::GetAtt": ["Role", "Arn"]}},
        },
        "Metadata": {"Type": "AWS::CDK::Metadata", "Properties": {"Analytics": "v2:deflate64:x"}},
        "Parameter": {"Type": "AWS::SSM::Parameter", "Properties": {"Type": "String", "Value": "none"}},
    }


def test_the_types_of_an_application_are_created_and_deleted(account: Account) -> None:
    """Also patches/s3_bucket_delete.py and, with Python 3.11, patches/python_311.py."""
    account.deploy("everything", {**network(), **rest()})
    assert check_stacks(account, "everything").returncode == 0
    ec2 = account.client("ec2")
    (group,) = ec2.describe_security_groups(Filters=[{"Name": "description", "Values": ["Database"]}])["SecurityGroups"]
    (permission,) = group["IpPermissions"]
    assert (permission["FromPort"], permission["UserIdGroupPairs"][0]["Description"]) == (5432, "from functions")
    s3 = account.client("s3")
    s3.put_object(Bucket="everything", Key="k", Body=b"1")
    s3.delete_object(Bucket="everything", Key="k")
    account.destroy("everything")
    with pytest.raises(ClientError):
        s3.head_bucket(Bucket="everything")
