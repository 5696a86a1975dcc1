"""The template of a cluster and everything that its tests need, as CDK writes it."""

import json
from typing import Any

from account import ROLE, Account, until

SHELL = ["/bin/sh", "-c"]
IMAGES = {
    "job": {
        "entry_point": SHELL,
        "command": ["echo image: $WHO $ONLY $PWD"],
        "working_directory": "/usr",
        "environment": {"WHO": "image", "ONLY": "image"},
    },
    "server": {"entry_point": SHELL, "environment": {"NAME": "server"}},
}
NETWORK = {"AwsvpcConfiguration": {"Subnets": [{"Ref": "Subnet0"}, {"Ref": "Subnet1"}], "AssignPublicIp": "DISABLED"}}


def write_images(account: Account) -> None:
    account.images.write_text(json.dumps(IMAGES))


def network() -> dict[str, Any]:
    subnets = {
        f"Subnet{number}": {
            "Type": "AWS::EC2::Subnet",
            "Properties": {
                "VpcId": {"Ref": "Vpc"},
                "CidrBlock": f"10.2.{number}.0/24",
                "AvailabilityZone": f"eu-central-1{zone}",
            },
        }
        for number, zone in enumerate("ab")
    }
    return {"Vpc": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.2.0.0/16"}}, **subnets}


def cluster(log_group: str) -> dict[str, Any]:
    return {
        **network(),
        "Cluster": {
            "Type": "AWS::ECS::Cluster",
            "Properties": {"ClusterSettings": [{"Name": "containerInsights", "Value": "disabled"}]},
        },
        "Providers": {
            "Type": "AWS::ECS::ClusterCapacityProviderAssociations",
            "Properties": {
                "Cluster": {"Ref": "Cluster"},
                "CapacityProviders": ["FARGATE", "FARGATE_SPOT"],
                "DefaultCapacityProviderStrategy": [],
            },
        },
        "Log": {"Type": "AWS::Logs::LogGroup", "Properties": {"LogGroupName": log_group, "RetentionInDays": 7}},
    }


def definition(name: str, **container: Any) -> dict[str, Any]:
    """A Fargate task definition with one container of that name."""
    options = {"awslogs-group": {"Ref": "Log"}, "awslogs-stream-prefix": name, "awslogs-region": "eu-central-1"}
    return {
        "Type": "AWS::ECS::TaskDefinition",
        "Properties": {
            "Family": f"family-{name}",
            "Cpu": "1024",
            "Memory": "2048",
            "NetworkMode": "awsvpc",
            "RequiresCompatibilities": ["FARGATE"],
            "ExecutionRoleArn": ROLE,
            "RuntimePlatform": {"CpuArchitecture": "ARM64", "OperatingSystemFamily": "LINUX"},
            "ContainerDefinitions": [
                {
                    "Name": name,
                    "Image": {"Fn::Sub": f"${{AWS::AccountId}}.dkr.ecr.${{AWS::Region}}.${{AWS::URLSuffix}}/{name}:1"},
                    "Essential": True,
                    "ReadonlyRootFilesystem": True,
                    "LogConfiguration": {"LogDriver": "awslogs", "Options": options},
                    **container,
                }
            ],
        },
    }


def missing_secret() -> dict[str, Any]:
    return {"Fn::Sub": "arn:aws:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:absent-AbCdEf:password::"}


def service(definition_id: str, **properties: Any) -> dict[str, Any]:
    return {
        "Type": "AWS::ECS::Service",
        "Properties": {
            "Cluster": {"Ref": "Cluster"},
            "TaskDefinition": {"Ref": definition_id},
            "DesiredCount": 1,
            "LaunchType": "FARGATE",
            "NetworkConfiguration": NETWORK,
            "DeploymentConfiguration": {
                "MinimumHealthyPercent": 0,
                "MaximumPercent": 100,
                "DeploymentCircuitBreaker": {"Enable": True, "Rollback": True},
            },
            **properties,
        },
    }


def lines(account: Account, group: str = "/jobs") -> str:
    events = account.client("logs").filter_log_events(logGroupName=group, limit=1000)["events"]
    return "\n".join(event["message"] for event in events)


class Tasks:
    """Runs and describes the tasks of one cluster."""

    def __init__(self, account: Account, cluster: str, subnet: str) -> None:
        self.ecs, self.cluster = account.client("ecs"), cluster
        self.network = {"awsvpcConfiguration": {"subnets": [subnet]}}

    def run(self, definition: str, **override: Any) -> str:
        overrides = {"containerOverrides": [{"name": "job", **override}]} if override else {}
        answer = self.ecs.run_task(
            cluster=self.cluster,
            taskDefinition=definition,
            launchType="FARGATE",
            networkConfiguration=self.network,
            overrides=overrides,
        )
        assert answer["failures"] == []
        return answer["tasks"][0]["taskArn"]

    def look(self, task: str) -> dict[str, Any]:
        return self.ecs.describe_tasks(cluster=self.cluster, tasks=[task])["tasks"][0]

    def reached(self, task: str, status: str) -> dict[str, Any]:
        def found() -> dict[str, Any] | None:
            view = self.look(task)
            return view if view["lastStatus"] == status else None

        return until(f"task {status}", found)

    def of_service(self, service: str) -> list[str]:
        return self.ecs.list_tasks(cluster=self.cluster, serviceName=service)["taskArns"]
