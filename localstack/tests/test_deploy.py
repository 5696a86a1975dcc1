"""Assemblies of `cdk synth` in small: what localaws.deploy makes of them."""

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from account import Account

from localaws.deploy import Assembly, DeploymentFailed, Stack, failure

BUCKET = "cdk-test-assets"
VERSION = "/cdk-bootstrap/test/version"


def write_assembly(folder: Path, stacks: dict[str, dict[str, Any]], needs: dict[str, list[str]] | None = None) -> Path:
    """Each stack is a template without its rules; the first one has a folder as an asset."""
    (folder / "asset.code").mkdir(parents=True, exist_ok=True)
    (folder / "asset.code" / "index.js").write_text("exports.handler = 1")
    artifacts: dict[str, Any] = {}
    for name, template in stacks.items():
        template = {
            "Parameters": {"BootstrapVersion": {"Type": "AWS::SSM::Parameter::Value<String>", "Default": VERSION}},
            **template,
        }
        text = json.dumps(template)
        (folder / f"{name}.template.json").write_text(text)
        key = f"{name}-{hash(text):x}.json"
        files = {
            "template": asset(f"{name}.template.json", "file", key),
            "code": asset("asset.code", "zip", "code.zip"),
        }
        (folder / f"{name}.assets.json").write_text(json.dumps({"files": files}))
        artifacts[f"{name}.assets"] = {"type": "cdk:asset-manifest", "properties": {"file": f"{name}.assets.json"}}
        artifacts[name] = {
            "type": "aws:cloudformation:stack",
            "dependencies": [f"{name}.assets", *(needs or {}).get(name, [])],
            "properties": {
                "templateFile": f"{name}.template.json",
                "stackName": f"deploy-{name}",
                "stackTemplateAssetObjectUrl": f"s3://{BUCKET}/{key}",
                "bootstrapStackVersionSsmParameter": VERSION,
            },
        }
    (folder / "manifest.json").write_text(json.dumps({"artifacts": artifacts}))
    return folder


def asset(path: str, packaging: str, key: str) -> dict[str, Any]:
    destination = {"bucketName": BUCKET, "objectKey": key}
    return {"source": {"path": path, "packaging": packaging}, "destinations": {"here": destination}}


def queue(name: str, **properties: Any) -> dict[str, Any]:
    return {
        "Resources": {"Queue": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": name, **properties}}},
        "Outputs": {"Name": {"Value": {"Fn::GetAtt": ["Queue", "QueueName"]}}},
    }


def deploy(account: Account, assembly: Path, outputs: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "localaws.deploy", assembly, outputs],
        env={"PATH": os.environ["PATH"], "AWS_ENDPOINT_URL": account.endpoint, "AWS_REGION": "eu-central-1"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_stacks_and_assets_arrive_and_outputs_are_written(account: Account, tmp_path: Path) -> None:
    assembly = write_assembly(tmp_path / "out", {"a": queue("deploy-a"), "b": queue("deploy-b")})
    outputs = tmp_path / "outputs.json"

    result = deploy(account, assembly, outputs)

    assert result.returncode == 0, result.stderr
    assert json.loads(outputs.read_text()) == {"deploy-a": {"Name": "deploy-a"}, "deploy-b": {"Name": "deploy-b"}}
    code = account.client("s3").get_object(Bucket=BUCKET, Key="code.zip")["Body"].read()
    assert zipfile.ZipFile(io.BytesIO(code)).read("index.js") == b"exports.handler = 1"
    assert "2 resources in 2 stacks" in result.stdout
    assert "deploy-a CREATE_COMPLETE AWS::SQS::Queue Queue" in result.stdout


def test_a_second_deployment_changes_only_what_has_changed(account: Account, tmp_path: Path) -> None:
    first = {"same": queue("deploy-same"), "changed": queue("deploy-changed")}
    assert deploy(account, write_assembly(tmp_path / "1", first), tmp_path / "outputs.json").returncode == 0
    second = first | {"changed": queue("deploy-changed", VisibilityTimeout=77)}

    result = deploy(account, write_assembly(tmp_path / "2", second), tmp_path / "outputs.json")

    assert result.returncode == 0, result.stderr
    assert "deploy-same: no changes" in result.stdout
    sqs = account.client("sqs")
    url = sqs.get_queue_url(QueueName="deploy-changed")["QueueUrl"]
    found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["VisibilityTimeout"])["Attributes"]
    assert found == {"VisibilityTimeout": "77"}


def test_a_failure_names_the_resource_and_leaves_no_outputs_and_the_next_one_succeeds(
    account: Account, tmp_path: Path
) -> None:
    broken = {"Resources": {"Log": {"Type": "AWS::EC2::FlowLog", "Properties": {}}}}
    outputs = tmp_path / "outputs.json"

    result = deploy(account, write_assembly(tmp_path / "1", {"broken": broken}), outputs)

    assert result.returncode == 1
    assert "the stack deploy-broken could not be created: Log (AWS::EC2::FlowLog): " in result.stderr
    assert not outputs.exists()
    assert deploy(account, write_assembly(tmp_path / "2", {"broken": queue("deploy-broken")}), outputs).returncode == 0


def test_a_failed_update_names_the_resource_and_leaves_the_former_version(account: Account, tmp_path: Path) -> None:
    outputs = tmp_path / "outputs.json"
    assert deploy(account, write_assembly(tmp_path / "1", {"u": queue("deploy-u")}), outputs).returncode == 0
    before = outputs.read_text()
    changed = write_assembly(tmp_path / "2", {"u": queue("deploy-u", VisibilityTimeout=77)})

    for kind, sentence in {
        "AWS::SQS::Queue\n": "could not be updated and is as it was before: Queue (AWS::SQS::Queue): refused",
        "AWS::SQS::Queue\n" * 2: "could not be updated: Queue (AWS::SQS::Queue): refused, as LOCALAWS_FAILURES says; "
        "and is not as it was before: Queue (AWS::SQS::Queue): refused",
    }.items():
        account.failures.write_text(kind)
        result = deploy(account, changed, outputs)
        assert result.returncode == 1
        assert f"localaws: the deployment failed: the stack deploy-u {sentence}" in result.stderr
        assert outputs.read_text() == before

    result = deploy(account, changed, outputs)
    assert result.returncode == 0, result.stderr
    assert "deploy-u: no changes" not in result.stdout


@pytest.mark.parametrize(
    ("state", "failed", "sentence"),
    [
        ("ROLLBACK_COMPLETE", ["A: no", "B: no"], "could not be created: A: no"),
        (
            "ROLLBACK_COMPLETE",
            [],
            "could not be created: CloudFormation names no resource, and the stack is in the state ROLLBACK_COMPLETE",
        ),
        (
            "UPDATE_ROLLBACK_FAILED",
            ["A: no"],
            "could not be updated: A: no; and is not as it was before: CloudFormation names no resource",
        ),
        (None, [], "was deleted while it was deployed: deploy it again"),
    ],
)
def test_a_failure_says_what_became_of_the_stack(state: str | None, failed: list[str], sentence: str) -> None:
    stack = Stack("u", "deploy-u", BUCKET, "key", 1, frozenset())

    assert failure(stack, state, failed) == f"the stack deploy-u {sentence}"


def test_a_stack_comes_after_those_that_it_needs(tmp_path: Path) -> None:
    stacks = {name: queue(name) for name in "abc"}

    ordered = Assembly(write_assembly(tmp_path, stacks, {"a": ["b"], "b": ["c"]})).stacks()

    assert [stack.artifact for stack in ordered] == ["c", "b", "a"]


def test_stacks_that_need_each_other_are_refused(tmp_path: Path) -> None:
    stacks = {name: queue(name) for name in "ab"}

    with pytest.raises(DeploymentFailed, match="a, b need each other"):
        Assembly(write_assembly(tmp_path, stacks, {"a": ["b"], "b": ["a"]})).stacks()
