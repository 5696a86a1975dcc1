"""ECS tasks and services as host processes."""

import json
import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from account import Account, StackError, free_port, running, until
from containers_stack import Tasks, cluster, definition, lines, missing_secret, service, write_images

SERVER = """
import http.server, os, signal
if os.fork():  # a child that holds the port and ignores the signal
    print("up", os.getpid(), flush=True)
    signal.pause()
signal.signal(signal.SIGTERM, signal.SIG_IGN)
http.server.HTTPServer(("127.0.0.1", int(os.environ["PORT"])), http.server.SimpleHTTPRequestHandler).serve_forever()
"""


def jobs() -> dict[str, Any]:
    return {
        **cluster("/jobs"),
        "Secret": {
            "Type": "AWS::SecretsManager::Secret",
            "Properties": {"Name": "containers", "SecretString": '{"username": "ada", "password": "geheim"}'},
        },
        "Job": definition(
            "job",
            Environment=[{"Name": "WHO", "Value": "definition"}],
            Secrets=[
                {"Name": "PASSWORD", "ValueFrom": {"Fn::Join": ["", [{"Ref": "Secret"}, ":password::"]]}},
                {"Name": "WHOLE", "ValueFrom": {"Ref": "Secret"}},
            ],
            StopTimeout=2,
        ),
        "Stranger": definition("stranger", Command=["true"]),
        "Lost": definition("job", Secrets=[{"Name": "PASSWORD", "ValueFrom": missing_secret()}])
        | {"DependsOn": ["Job"]},
    }


@pytest.fixture(scope="module")
def deployed(account: Account) -> Iterator[dict[str, str]]:
    write_images(account)
    names = ("Cluster", "Subnet0", "Job", "Stranger", "Lost")
    yield account.deploy("containers", jobs(), {name: {"Ref": name} for name in names})
    account.destroy("containers")


@pytest.fixture(scope="module")
def tasks(account: Account, deployed: dict[str, str]) -> Tasks:
    return Tasks(account, deployed["Cluster"], deployed["Subnet0"])


def container(task: dict[str, Any]) -> dict[str, Any]:
    (only,) = task["containers"]
    return only


def test_a_task_runs_its_images_command_in_the_definitions_environment(
    account: Account, deployed: dict[str, str], tasks: Tasks
) -> None:
    ended = tasks.reached(tasks.run(deployed["Job"]), "STOPPED")
    assert container(ended)["exitCode"] == 0
    assert (ended["stopCode"], ended["stoppedReason"]) == (
        "EssentialContainerExited",
        "Essential container in task exited",
    )
    until("log", lambda: "image: definition image /usr" in lines(account))


def test_overrides_and_secrets_reach_the_process_and_its_exit_code_comes_back(
    account: Account, deployed: dict[str, str], tasks: Tasks
) -> None:
    script = 'echo "$WHO/$EXTRA/$PASSWORD/$WHOLE/$AWS_REGION/$AWS_ENDPOINT_URL"; exit 3'
    environment = [{"name": "WHO", "value": "override"}, {"name": "EXTRA", "value": "more"}]
    ended = tasks.reached(tasks.run(deployed["Job"], command=[script], environment=environment), "STOPPED")
    assert container(ended)["exitCode"] == 3
    whole = '{"username": "ada", "password": "geheim"}'
    expected = f"override/more/geheim/{whole}/eu-central-1/{account.endpoint}"
    until("log", lambda: expected in lines(account))


def test_a_container_that_no_file_names_fails_its_task_by_name(deployed: dict[str, str], tasks: Tasks) -> None:
    ended = tasks.reached(tasks.run(deployed["Stranger"]), "STOPPED")
    assert ended["stopCode"] == "TaskFailedToStart"
    assert "container stranger is not in LOCALAWS_IMAGES" in ended["stoppedReason"]
    assert "exitCode" not in container(ended)


def test_a_secret_that_does_not_exist_fails_the_task(deployed: dict[str, str], tasks: Tasks) -> None:
    ended = tasks.reached(tasks.run(deployed["Lost"]), "STOPPED")
    assert "ResourceInitializationError: unable to retrieve secret PASSWORD" in ended["stoppedReason"]


def test_a_stopped_task_may_end_by_itself(account: Account, deployed: dict[str, str], tasks: Tasks) -> None:
    script = "trap 'echo asked to end; exit 7' TERM; echo waiting $$; while :; do sleep 0.05; done"
    task = tasks.run(deployed["Job"], command=[script])
    until("started", lambda: "waiting" in lines(account))
    tasks.ecs.stop_task(cluster=tasks.cluster, task=task, reason="enough")
    ended = tasks.reached(task, "STOPPED")
    assert (container(ended)["exitCode"], ended["stopCode"], ended["stoppedReason"]) == (7, "UserInitiated", "enough")
    until("log", lambda: "asked to end" in lines(account))


def test_a_task_that_ignores_the_request_is_killed_with_its_children(
    account: Account, deployed: dict[str, str], tasks: Tasks
) -> None:
    script = "trap '' TERM; sleep 600 & echo child $!; while :; do sleep 0.05; done"
    task = tasks.run(deployed["Job"], command=[script])
    until("started", lambda: "child" in lines(account))
    child = int(lines(account).split("child ")[1].split()[0])
    tasks.ecs.stop_task(cluster=tasks.cluster, task=task)
    assert container(tasks.reached(task, "STOPPED"))["exitCode"] == 137
    until("child gone", lambda: not running(child))


def test_a_command_that_does_not_exist_fails_the_task(account: Account, deployed: dict[str, str], tasks: Tasks) -> None:
    images = json.loads(account.images.read_text())
    images["stranger"] = {"entry_point": ["/no/such/program"]}
    account.images.write_text(json.dumps(images))
    ended = tasks.reached(tasks.run(deployed["Stranger"]), "STOPPED")
    write_images(account)
    assert ended["stopCode"] == "TaskFailedToStart"
    assert "container stranger: /no/such/program is not a program on this machine" in ended["stoppedReason"]


def test_an_override_of_an_unknown_container_is_refused(deployed: dict[str, str], tasks: Tasks) -> None:
    with pytest.raises(tasks.ecs.exceptions.InvalidParameterException, match="not a container"):
        tasks.ecs.run_task(
            cluster=tasks.cluster,
            taskDefinition=deployed["Job"],
            networkConfiguration=tasks.network,
            overrides={"containerOverrides": [{"name": "other"}]},
        )


def served(port: int, revision: str = "1", *, command: list[str] | None = None) -> dict[str, Any]:
    balanced = {"ContainerName": "server", "ContainerPort": port, "TargetGroupArn": {"Ref": "Targets"}}
    return {
        **cluster("/served"),
        "Definition": definition(
            "server",
            EntryPoint=["python3", "-c"],
            Command=command or [SERVER],
            PortMappings=[{"ContainerPort": port, "Protocol": "tcp"}],
            Environment=[{"Name": "PORT", "Value": str(port)}, {"Name": "REVISION", "Value": revision}],
            StopTimeout=2,
        ),
        "Service": service("Definition", LoadBalancers=[balanced], HealthCheckGracePeriodSeconds=60)
        | {"DependsOn": ["Listener"]},
        "Balancer": {
            "Type": "AWS::ElasticLoadBalancingV2::LoadBalancer",
            "Properties": {
                "Type": "network",
                "Scheme": "internal",
                "Subnets": [{"Ref": "Subnet0"}, {"Ref": "Subnet1"}],
                "LoadBalancerAttributes": [{"Key": "deletion_protection.enabled", "Value": "false"}],
            },
        },
        "Listener": {
            "Type": "AWS::ElasticLoadBalancingV2::Listener",
            "Properties": {
                "LoadBalancerArn": {"Ref": "Balancer"},
                "Port": port,
                "Protocol": "TCP",
                "DefaultActions": [{"Type": "forward", "TargetGroupArn": {"Ref": "Targets"}}],
            },
        },
        "Targets": {
            "Type": "AWS::ElasticLoadBalancingV2::TargetGroup",
            "Properties": {
                "Port": port,
                "Protocol": "TCP",
                "TargetType": "ip",
                "VpcId": {"Ref": "Vpc"},
                "HealthCheckPath": "/health",
                "HealthCheckProtocol": "HTTP",
            },
        },
        "Link": {
            "Type": "AWS::ApiGateway::VpcLink",
            "Properties": {
                "Name": "link",
                "TargetArns": [{"Ref": "Balancer"}],
                "Tags": [{"Key": "project", "Value": "tests"}],
            },
        },
    }


OUTPUTS = {
    "Cluster": {"Ref": "Cluster"},
    "Service": {"Fn::GetAtt": ["Service", "Name"]},
    "Subnet0": {"Ref": "Subnet0"},
    "Host": {"Fn::GetAtt": ["Balancer", "DNSName"]},
    "Balancer": {"Fn::GetAtt": ["Balancer", "LoadBalancerFullName"]},
    "BalancerArn": {"Ref": "Balancer"},
    "Link": {"Ref": "Link"},
}


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def process(of: str) -> int:
    """The pid of the host process behind a container's runtimeId."""
    return int(of.rsplit("-", 1)[1])


def test_a_service_keeps_its_task_running_and_moves_it_to_a_new_definition(account: Account) -> None:
    write_images(account)
    port = free_port()
    found = account.deploy("served", served(port), OUTPUTS)
    assert found["Host"] == "127.0.0.1"
    assert found["Balancer"].endswith(found["BalancerArn"].split("/")[-1])
    assert account.client("apigateway").get_vpc_link(vpcLinkId=found["Link"])["status"] == "AVAILABLE"
    tasks = Tasks(account, found["Cluster"], found["Subnet0"])
    until("port", lambda: answers(port))
    (task,) = tasks.of_service(found["Service"])
    os.kill(process(container(tasks.look(task))["runtimeId"]), signal.SIGKILL)
    died = tasks.reached(task, "STOPPED")
    assert container(died)["exitCode"] == 137
    replaced = until("another task", lambda: [arn for arn in tasks.of_service(found["Service"]) if arn != task])
    tasks.reached(replaced[0], "RUNNING")
    until("port", lambda: answers(port))

    account.deploy("served", served(port, "2"), OUTPUTS)
    (moved,) = tasks.of_service(found["Service"])
    assert moved != replaced[0]
    described = tasks.ecs.describe_services(cluster=found["Cluster"], services=[found["Service"]])["services"][0]
    assert described["deployments"][0]["rolloutState"] == "COMPLETED"
    pid = process(container(tasks.look(moved))["runtimeId"])
    assert b"REVISION=2" in Path(f"/proc/{pid}/environ").read_bytes()
    until("port", lambda: answers(port))

    account.destroy("served")
    until("server gone", lambda: not running(pid) and not answers(port))


def test_a_service_that_does_not_run_fails_its_stack_with_the_cause(account: Account) -> None:
    write_images(account)
    with pytest.raises(StackError, match=r"The service does not run: .*server exited with 5"):
        account.deploy("served", served(free_port(), command=["import sys; sys.exit(5)"]))
    account.destroy("served")
