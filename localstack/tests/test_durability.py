"""Objects, secrets and rows survive kill -9 and an orderly stop; processes must not.

One account lives three times for all of these tests: it is killed, started again, stopped, and started again.
"""

import json
import os
import signal
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from account import ROLE, Account, StackError, free_port, running, until
from botocore.exceptions import ClientError
from containers_stack import write_images
from rds_stack import connect, database, secret, value
from test_containers import answers, served
from test_functions import function

BUCKET = {
    "Bucket": {
        "Type": "AWS::S3::Bucket",
        "Properties": {
            "BucketName": "models",
            "VersioningConfiguration": {"Status": "Enabled"},
            "BucketEncryption": {
                "ServerSideEncryptionConfiguration": [
                    {
                        "ServerSideEncryptionByDefault": {
                            "SSEAlgorithm": "aws:kms",
                            "KMSMasterKeyID": {"Fn::GetAtt": ["Key", "Arn"]},
                        }
                    }
                ]
            },
        },
    },
    "Key": {"Type": "AWS::KMS::Key", "Properties": {"EnableKeyRotation": True, "KeyPolicy": {"Statement": []}}},
}


def template(fixed: str = "{}") -> dict[str, Any]:
    fixed_secret = {"Type": "AWS::SecretsManager::Secret", "Properties": {"Name": "operators", "SecretString": fixed}}
    return {**database("kept"), **BUCKET, "ApiKeySecret": secret("api/key"), "Operators": fixed_secret}


def versions(s3: Any) -> list[tuple[str, str, bool]]:
    listed = s3.list_object_versions(Bucket="models")
    found = [*listed.get("Versions", []), *listed.get("DeleteMarkers", [])]
    return sorted((v["Key"], v["VersionId"], v["IsLatest"]) for v in found)


RESTORABLE = {"Secret": secret("restorable"), "Other": secret("gone")}
PLAIN = {"Bucket": "plain", "CreateBucketConfiguration": {"LocationConstraint": "eu-central-1"}}


@dataclass
class Before:
    """What there was when the account was killed."""

    account: Account
    versions: list[tuple[str, str, bool]]
    first_version: str
    parts: str
    secrets: dict[str, str]
    master: dict[str, Any]
    orphans_master: dict[str, Any]
    orphan: int
    plain: Path
    kept_pid_file: str
    served_port: int
    processes: dict[int, str]
    halted: bool = True
    """Whether the orphan is."""


@pytest.fixture(scope="module")
def mortal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Account]:
    account = Account(tmp_path_factory.mktemp("lives") / "state")
    yield account.start()
    if account.process.poll() is None:
        account.kill()


@pytest.fixture(scope="module")
def before(mortal: Account, archive: Path) -> Iterator[Before]:
    """The first life, until it is killed."""
    write_images(mortal)
    mortal.deploy("app", template())
    mortal.deploy("restorable", RESTORABLE)
    first_version, parts = put_objects(mortal.client("s3"))
    mortal.client("secretsmanager").put_secret_value(SecretId="operators", SecretString='{"root": "hash"}')
    with connect(mortal, "kept-master") as connection:
        connection.run("CREATE TABLE kept (id int)")
        connection.run("INSERT INTO kept SELECT generate_series(1, 1000)")
    invoke_function(mortal, archive)
    processes = mortal.descendants()

    mortal.deploy("orphan", database("orphan"))
    orphan = server(mortal, "orphan")
    port = free_port()
    mortal.deploy("served", served(port))
    until("port", lambda: answers(port))
    found = Before(
        account=mortal,
        versions=versions(mortal.client("s3")),
        first_version=first_version,
        parts=parts,
        secrets={name: value_text(mortal, name) for name in ("api/key", "restorable", "gone")},
        master=value(mortal, "kept-master"),
        orphans_master=value(mortal, "orphan-master"),
        orphan=orphan,
        plain=put_plain_object(mortal),
        kept_pid_file=pid_file(mortal, "kept").read_text(),
        served_port=port,
        processes=processes,
    )
    os.kill(orphan, signal.SIGSTOP)
    yield found
    if found.halted:  # a test has failed
        os.kill(orphan, signal.SIGKILL)


@pytest.fixture(scope="module")
def killed(before: Before) -> Before:
    """Killed, and then as a crash may leave it: with half-written files, and the id of another process."""
    secrets = before.account.client("secretsmanager")
    secrets.delete_secret(SecretId="restorable")
    secrets.delete_secret(SecretId="gone", ForceDeleteWithoutRecovery=True)
    with pytest.raises(ClientError, match="InvalidRequestException"):
        value_text(before.account, "restorable")
    secrets.restore_secret(SecretId="restorable")
    before.account.kill()
    until("processes ended", lambda: not [pid for pid in before.processes if running(pid)])
    for name in ("half.data", ".writing-x"):
        (before.plain / name).write_bytes(b"fir")
    pid_file(before.account, "kept").write_text("\n".join([str(os.getpid()), *before.kept_pid_file.split("\n")[1:]]))
    return before


@pytest.fixture(scope="module")
def after(killed: Before) -> Account:
    """The second life: the stack's first creation fails, and `cdk deploy` deletes it before it tries again."""
    account = killed.account.start()
    assert running(killed.orphan)
    os.kill(killed.orphan, signal.SIGCONT)
    killed.halted = False
    broken = {"Type": "Custom::Other", "DependsOn": ["Bucket", "Attachment", "ApiKeySecret"], "Properties": {}}
    never = {"Type": "AWS::SSM::Parameter", "Properties": {"Type": "String", "Value": {"Ref": "Broken"}}}
    with pytest.raises(StackError, match="Custom::Other is not emulated here"):
        account.deploy("app", {**template(), "Broken": broken, "Never": never})
    assert account.status("app") == "ROLLBACK_COMPLETE"
    account.destroy("app")
    account.deploy("app", template())
    account.deploy("restorable", RESTORABLE)
    account.deploy("orphan", database("orphan"))
    account.client("s3").create_bucket(**PLAIN)
    return account


@pytest.fixture(scope="module")
def stopped(after: Account, archive: Path) -> Account:
    """The second life has ended in order."""
    invoke_function(after, archive)
    processes = after.descendants()
    assert {"java", "postgres"} <= set(processes.values())
    start_executions(after)
    assert after.stop() < 10
    assert after.process.returncode == 0
    until("processes ended", lambda: not [pid for pid in processes if running(pid)])
    return after


def start_executions(account: Account) -> None:
    """One that ends by itself, and one that waits."""
    states = account.client("stepfunctions")
    for name, state in (("passes", {"Type": "Pass"}), ("waits", {"Type": "Wait", "Seconds": 600})):
        definition = {"StartAt": name, "States": {name: {**state, "End": True}}}
        machine = states.create_state_machine(name=name, definition=json.dumps(definition), roleArn=ROLE)
        execution = states.start_execution(
            stateMachineArn=machine["stateMachineArn"], name=f"{name}-once", input='{"cutoff": "2025-05-01"}'
        )["executionArn"]
        expected = "StateEntered" if name == "waits" else "ExecutionSucceeded"
        until(
            name,
            lambda arn=execution, end=expected: any(
                event["type"].endswith(end) for event in states.get_execution_history(executionArn=arn)["events"]
            ),
        )


def put_objects(s3: Any) -> tuple[str, str]:
    """The id of the first version of an object of two, and the tag of one that was uploaded in parts."""
    first = s3.put_object(Bucket="models", Key="a b+ü/model", Body=b"one", Metadata={"sha": "1"}, Tagging="kind=xgb")
    s3.put_object(Bucket="models", Key="a b+ü/model", Body=b"x" * 3_000_000, ContentType="application/x-model")
    s3.copy_object(Bucket="models", Key="copy", CopySource={"Bucket": "models", "Key": "a b+ü/model"})
    s3.put_object_tagging(Bucket="models", Key="copy", Tagging={"TagSet": [{"Key": "state", "Value": "copied"}]})
    s3.put_object(Bucket="models", Key="marked", Body=b"marked")
    s3.delete_object(Bucket="models", Key="marked")
    gone = s3.put_object(Bucket="models", Key="gone", Body=b"gone")
    s3.delete_objects(Bucket="models", Delete={"Objects": [{"Key": "gone", "VersionId": gone["VersionId"]}]})
    upload = s3.create_multipart_upload(Bucket="models", Key="parts")["UploadId"]
    whole = {"Bucket": "models", "Key": "parts", "UploadId": upload}
    sizes = {1: 5 << 20, 2: 10}
    tags = {n: s3.upload_part(**whole, PartNumber=n, Body=b"p" * size)["ETag"] for n, size in sizes.items()}
    parts = [{"PartNumber": number, "ETag": tag} for number, tag in tags.items()]
    return first["VersionId"], s3.complete_multipart_upload(**whole, MultipartUpload={"Parts": parts})["ETag"]


def put_plain_object(account: Account) -> Path:
    """The folder of an object, in a bucket without versions, that was overwritten."""
    s3 = account.client("s3")
    s3.create_bucket(**PLAIN)
    s3.put_object(Bucket="plain", Key="k", Body=b"first")
    s3.put_object(Bucket="plain", Key="k", Body=b"second")
    (folder,) = (path for path in (account.state / "s3" / "plain").iterdir() if path.is_dir())
    return folder


def invoke_function(account: Account, archive: Path) -> None:
    """Starts a function's process."""
    s3 = account.client("s3")
    s3.create_bucket(Bucket="cdk-code", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    s3.upload_file(str(archive), "cdk-code", "probe.zip")
    code = {"S3Bucket": "cdk-code", "S3Key": "probe.zip"}
    name = account.deploy("functions", {"Probe": function(code)}, {"Name": {"Ref": "Probe"}})["Name"]
    pid = int(account.invoke(name, {"action": "say"})["body"]["pid"])
    assert account.descendants()[pid] == "java"


def value_text(account: Account, name: str) -> str:
    return account.client("secretsmanager").get_secret_value(SecretId=name)["SecretString"]


def pid_file(account: Account, instance: str) -> Path:
    return account.state / "rds" / "000000000000" / "eu-central-1" / instance / "data" / "postmaster.pid"


def server(account: Account, instance: str) -> int:
    return int(pid_file(account, instance).read_text().split()[0])


def test_only_their_owner_can_read_kept_secrets(account: Account) -> None:
    account.deploy("private", {"Secret": secret("private/secret")})
    path = account.state / "secrets" / "000000000000" / "eu-central-1" / "private%2Fsecret.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for folder in list(path.parents)[:3]:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert json.loads(path.read_bytes())["value"] == {"SecretString": value_text(account, "private/secret")}


def test_buckets_of_deploys_are_left_out(account: Account, code: dict[str, str]) -> None:
    assert not (account.state / "s3" / code["S3Bucket"]).exists()


def test_no_process_outlives_a_killed_localstack(killed: Before) -> None:
    """The fixture waits for their end; a server that is halted is another test's."""
    assert {"java", "postgres"} <= set(killed.processes.values())


def test_the_data_of_an_overwritten_object_are_gone(killed: Before) -> None:
    assert len([path for path in killed.plain.iterdir() if path.name not in ("half.data", ".writing-x")]) == 2


def test_every_secret_survives_kill_9(before: Before, after: Account) -> None:
    assert value_text(after, "api/key") == before.secrets["api/key"]
    assert value_text(after, "operators") == '{"root": "hash"}'
    assert value(after, "kept-master") == before.master, "password and port are the old ones"


def test_every_row_survives_kill_9(after: Account) -> None:
    """Although the file with the server's process id names another program."""
    with connect(after, "kept-master") as connection:
        assert connection.run("SELECT count(*) FROM kept") == [[1000]]


def test_every_version_of_an_object_survives_kill_9(before: Before, after: Account) -> None:
    s3 = after.client("s3")
    assert versions(s3) == before.versions
    old = s3.get_object(Bucket="models", Key="a b+ü/model", VersionId=before.first_version)
    assert (old["Body"].read(), old["Metadata"], old["TagCount"]) == (b"one", {"sha": "1"}, 1)
    new = s3.get_object(Bucket="models", Key="a b+ü/model", ChecksumMode="ENABLED")
    assert (new["ContentType"], len(new["Body"].read())) == ("application/x-model", 3_000_000)
    assert s3.get_object_tagging(Bucket="models", Key="copy")["TagSet"] == [{"Key": "state", "Value": "copied"}]
    assert s3.head_object(Bucket="models", Key="parts")["ETag"] == before.parts
    assert s3.get_object(Bucket="models", Key="parts", PartNumber=2)["Body"].read() == b"p" * 10
    with pytest.raises(ClientError, match="NoSuchKey"):
        s3.get_object(Bucket="models", Key="marked")


def test_an_unversioned_object_survives_too_and_half_written_files_go(before: Before, after: Account) -> None:
    assert after.client("s3").get_object(Bucket="plain", Key="k")["Body"].read() == b"second"
    assert {path.name for path in before.plain.iterdir() if not path.name.endswith(".data")} == {"versions.json"}
    assert not (before.plain / "half.data").exists()


def test_a_secret_that_can_still_be_restored_keeps_its_value(before: Before, after: Account) -> None:
    assert value_text(after, "restorable") == before.secrets["restorable"]
    assert value_text(after, "gone") != before.secrets["gone"]


def test_a_server_that_outlived_its_localstack_is_ended_and_its_port_kept(before: Before, after: Account) -> None:
    """The parent-death signal is lost where setpriv is missing; a stopped server receives it when it continues."""
    assert not running(before.orphan)
    assert value(after, "orphan-master")["port"] == before.orphans_master["port"]


def test_nothing_of_a_container_outlives_a_killed_localaws_for_long(before: Before, after: Account) -> None:
    until("port free", lambda: not answers(before.served_port))
    after.deploy("served", served(before.served_port))
    until("port", lambda: answers(before.served_port))


def test_no_process_outlives_a_stopped_localstack(before: Before, stopped: Account) -> None:
    """The fixture waits for their end."""
    until("port free", lambda: not answers(before.served_port))


def test_a_stop_tells_which_executions_have_ended_with_it(stopped: Account) -> None:
    (ended,) = json.loads((stopped.state / "ended-executions.json").read_text())["executions"]
    assert ended["stateMachineArn"].endswith(":stateMachine:waits")
    assert ended["startDate"].endswith("+00:00")
    assert {name: ended[name] for name in ("name", "state", "input")} == {
        "name": "waits-once",
        "state": "waits",
        "input": '{"cutoff":"2025-05-01"}',
    }


def test_an_orderly_stop_keeps_the_same_and_destroying_the_stack_removes_it(before: Before, stopped: Account) -> None:
    stopped.start()
    assert not (stopped.state / "ended-executions.json").exists()
    stopped.deploy("app", template(fixed='{"changed": true}'))
    assert value_text(stopped, "operators") == '{"changed": true}', "its template has changed, so it is created again"
    assert value_text(stopped, "api/key") == before.secrets["api/key"]
    assert versions(stopped.client("s3")) == before.versions

    stopped.destroy("app")
    folders = ("s3/models", "rds/000000000000/eu-central-1/kept")
    left = [path for folder in folders for path in (stopped.state / folder).rglob("*") if path.is_file()]
    left += [p for p in (stopped.state / "secrets").rglob("*.json") if p.name.startswith(("api", "oper", "kept"))]
    assert left == []
