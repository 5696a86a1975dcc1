"""Objects, secrets and rows survive kill -9 and an orderly stop; processes must not."""

import json
import os
import signal
import stat
from pathlib import Path
from typing import Any

import pytest
from account import Account, StackError, running, until
from botocore.exceptions import ClientError
from rds_stack import connect, database, secret, value

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


def test_everything_acknowledged_survives_kill_9(mortal: Account) -> None:
    mortal.deploy("app", template())
    s3, secrets = mortal.client("s3"), mortal.client("secretsmanager")

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
    etag = s3.complete_multipart_upload(**whole, MultipartUpload={"Parts": parts})["ETag"]
    before = versions(s3)

    secrets.put_secret_value(SecretId="operators", SecretString='{"root": "hash"}')
    generated, master = value_text(mortal, "api/key"), value(mortal, "kept-master")
    with connect(mortal, "kept-master") as connection:
        connection.run("CREATE TABLE kept (id int)")
        connection.run("INSERT INTO kept SELECT generate_series(1, 1000)")
    children = mortal.descendants()
    assert "postgres" in children.values()
    mortal.kill()
    until("children ended", lambda: not [pid for pid in children if running(pid)])

    mortal.start()
    mortal.deploy("app", template())
    assert value_text(mortal, "api/key") == generated
    assert value_text(mortal, "operators") == '{"root": "hash"}'
    after = value(mortal, "kept-master")
    assert after == master, "password and port are the old ones"
    with connect(mortal, "kept-master") as connection:
        assert connection.run("SELECT count(*) FROM kept") == [[1000]]

    s3 = mortal.client("s3")
    assert versions(s3) == before
    old = s3.get_object(Bucket="models", Key="a b+ü/model", VersionId=first["VersionId"])
    assert (old["Body"].read(), old["Metadata"], old["TagCount"]) == (b"one", {"sha": "1"}, 1)
    new = s3.get_object(Bucket="models", Key="a b+ü/model", ChecksumMode="ENABLED")
    assert (new["ContentType"], len(new["Body"].read())) == ("application/x-model", 3_000_000)
    assert s3.get_object_tagging(Bucket="models", Key="copy")["TagSet"] == [{"Key": "state", "Value": "copied"}]
    assert s3.head_object(Bucket="models", Key="parts")["ETag"] == etag
    assert s3.get_object(Bucket="models", Key="parts", PartNumber=2)["Body"].read() == b"p" * 10
    with pytest.raises(ClientError, match="NoSuchKey"):
        s3.get_object(Bucket="models", Key="marked")
    assert s3.get_bucket_versioning(Bucket="models")["Status"] == "Enabled"

    # an orderly stop keeps the same; a secret whose template has changed is created again
    assert mortal.stop() < 10
    mortal.start()
    mortal.deploy("app", template(fixed='{"changed": true}'))
    assert value_text(mortal, "operators") == '{"changed": true}'
    assert value_text(mortal, "api/key") == generated
    assert versions(mortal.client("s3")) == before

    # cdk destroy deletes all of it
    mortal.destroy("app")
    left = [path for kind in ("s3", "secrets", "rds") for path in (mortal.state / kind).rglob("*") if path.is_file()]
    assert left == []


def value_text(account: Account, name: str) -> str:
    return account.client("secretsmanager").get_secret_value(SecretId=name)["SecretString"]


def test_a_secret_that_can_still_be_restored_keeps_its_value(mortal: Account) -> None:
    mortal.deploy("app", {"Secret": secret("restorable"), "Other": secret("gone")})
    secrets = mortal.client("secretsmanager")
    generated, other = value_text(mortal, "restorable"), value_text(mortal, "gone")
    secrets.delete_secret(SecretId="restorable")
    secrets.delete_secret(SecretId="gone", ForceDeleteWithoutRecovery=True)
    with pytest.raises(ClientError, match="InvalidRequestException"):
        value_text(mortal, "restorable")
    secrets.restore_secret(SecretId="restorable")
    assert value_text(mortal, "restorable") == generated
    mortal.kill()
    mortal.start()
    mortal.deploy("app", {"Secret": secret("restorable"), "Other": secret("gone")})
    assert value_text(mortal, "restorable") == generated
    assert value_text(mortal, "gone") != other


def test_only_their_owner_can_read_kept_secrets(account: Account) -> None:
    account.deploy("private", {"Secret": secret("private/secret")})
    path = account.state / "secrets" / "000000000000" / "eu-central-1" / "private%2Fsecret.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for folder in list(path.parents)[:3]:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert json.loads(path.read_bytes())["value"] == {"SecretString": value_text(account, "private/secret")}


def test_buckets_of_deploys_are_left_out(account: Account, code: dict[str, str]) -> None:
    assert not (account.state / "s3" / code["S3Bucket"]).exists()


def test_an_unversioned_object_survives_too_and_half_written_files_go(mortal: Account) -> None:
    place = {"CreateBucketConfiguration": {"LocationConstraint": "eu-central-1"}}
    mortal.client("s3").create_bucket(Bucket="plain", **place)
    mortal.client("s3").put_object(Bucket="plain", Key="k", Body=b"first")
    mortal.client("s3").put_object(Bucket="plain", Key="k", Body=b"second")
    mortal.kill()
    (folder,) = (path for path in (mortal.state / "s3" / "plain").iterdir() if path.is_dir())
    assert len(list(folder.iterdir())) == 2, "the data of the overwritten object is gone"
    (folder / "half.data").write_bytes(b"fir")
    (folder / ".writing-x").write_bytes(b"fir")
    mortal.start()
    mortal.client("s3").create_bucket(Bucket="plain", **place)
    assert mortal.client("s3").get_object(Bucket="plain", Key="k")["Body"].read() == b"second"
    assert {path.name for path in folder.iterdir() if not path.name.endswith(".data")} == {"versions.json"}
    assert not (folder / "half.data").exists()


def test_what_is_kept_outlives_a_failed_creation_and_its_clean_up(mortal: Account) -> None:
    """`cdk deploy` deletes a stack whose creation failed before it tries again: retention.py, and
    patches/cloudformation_failed_creation.py."""
    mortal.deploy("app", template())
    mortal.client("s3").put_object(Bucket="models", Key="k", Body=b"kept")
    generated = value_text(mortal, "api/key")
    with connect(mortal, "kept-master") as connection:
        connection.run("CREATE TABLE kept (id int)")
    mortal.kill()
    mortal.start()
    broken = {"Type": "Custom::Other", "DependsOn": ["Bucket", "Attachment", "ApiKeySecret"], "Properties": {}}
    never = {"Type": "AWS::SSM::Parameter", "Properties": {"Type": "String", "Value": {"Ref": "Broken"}}}
    with pytest.raises(StackError, match="Custom::Other is not emulated here"):
        mortal.deploy("app", {**template(), "Broken": broken, "Never": never})
    assert mortal.status("app") == "ROLLBACK_COMPLETE"
    mortal.destroy("app")
    mortal.deploy("app", template())
    assert mortal.client("s3").get_object(Bucket="models", Key="k")["Body"].read() == b"kept"
    assert value_text(mortal, "api/key") == generated
    with connect(mortal, "kept-master") as connection:
        assert connection.run("SELECT count(*) FROM kept") == [[0]]


def test_a_server_that_outlived_its_localstack_is_ended_and_its_port_kept(mortal: Account) -> None:
    """The parent-death signal is lost where setpriv is missing; a stopped server receives it when it continues."""
    mortal.deploy("app", database("orphan"))
    master = value(mortal, "orphan-master")
    server = int(pid_file(mortal, "orphan").read_text().split()[0])
    os.kill(server, signal.SIGSTOP)
    mortal.kill()
    assert running(server)
    mortal.start()
    resume(server)
    mortal.deploy("app", database("orphan"))
    assert not running(server)
    assert value(mortal, "orphan-master")["port"] == master["port"]


def test_a_stale_pid_file_that_names_another_program_is_no_obstacle(mortal: Account) -> None:
    mortal.deploy("app", database("stale"))
    lines = pid_file(mortal, "stale").read_text().split("\n")
    server = int(lines[0])
    mortal.kill()
    until("server ended", lambda: not running(server))
    pid_file(mortal, "stale").write_text("\n".join([str(os.getpid()), *lines[1:]]))
    mortal.start()
    mortal.deploy("app", database("stale"))
    with connect(mortal, "stale-master") as connection:
        assert connection.run("SELECT 1") == [[1]]


def pid_file(account: Account, instance: str) -> Path:
    return account.state / "rds" / "000000000000" / "eu-central-1" / instance / "data" / "postmaster.pid"


def resume(pid: int) -> None:
    if running(pid):
        os.kill(pid, signal.SIGCONT)
