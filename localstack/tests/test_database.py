"""RDS: a real PostgreSQL, its secret, what CloudFormation makes of both."""

import contextlib
import inspect
import json
import os
import signal
import time
from pathlib import Path
from typing import Any

import pg8000.native
import pytest
from account import Account, StackError
from rds_stack import connect, database

from localaws.patches import secret_target_attachment

OUTPUTS = {
    "Host": {"Fn::GetAtt": ["Database", "Endpoint.Address"]},
    "Port": {"Fn::GetAtt": ["Database", "Endpoint.Port"]},
    "Secret": {"Ref": "Attachment"},
    "Instance": {"Ref": "Database"},
}


@pytest.fixture(scope="module")
def deployed(account: Account) -> dict[str, str]:
    return account.deploy("database", database("tests"), OUTPUTS)


def setting(connection: pg8000.native.Connection, name: str) -> Any:
    return connection.run(f"SHOW {name}")[0][0]


def test_the_attached_secret_opens_the_database(account: Account, deployed: dict[str, str]) -> None:
    """patches/secret_target_attachment.py."""
    value = json.loads(account.client("secretsmanager").get_secret_value(SecretId=deployed["Secret"])["SecretString"])
    assert (value["host"], str(value["port"])) == (deployed["Host"], deployed["Port"])
    assert (value["username"], value["dbname"], value["engine"]) == ("owner", "records", "postgres")
    with connect(account, "tests-master") as connection:
        assert connection.run("SELECT current_user, current_database()") == [["owner", "records"]]


def test_a_wrong_password_is_refused(account: Account, deployed: dict[str, str]) -> None:
    with pytest.raises(pg8000.exceptions.DatabaseError, match="password authentication failed"):
        pg8000.native.Connection(
            "owner", host="127.0.0.1", port=int(deployed["Port"]), database="records", password="x"
        )


def test_the_server_is_durable_and_on_the_loopback_only(account: Account, deployed: dict[str, str]) -> None:
    with connect(account, "tests-master") as connection:
        assert setting(connection, "fsync") == "on"
        assert setting(connection, "synchronous_commit") == "on"
        assert setting(connection, "data_checksums") == "on"
        assert setting(connection, "listen_addresses") == "127.0.0.1"
        assert setting(connection, "unix_socket_directories") == ""
        assert setting(connection, "server_encoding") == "UTF8"
        assert setting(connection, "TimeZone") == "UTC"


def test_a_killed_server_starts_again_with_its_rows(account: Account, deployed: dict[str, str]) -> None:
    with connect(account, "tests-master") as connection:
        connection.run("CREATE TABLE kept AS SELECT 1 AS number")
        data = Path(setting(connection, "data_directory"))
    os.kill(int((data / "postmaster.pid").read_text().split("\n", 1)[0]), signal.SIGKILL)

    deadline = time.monotonic() + 60
    while (rows := stored(account)) is None and time.monotonic() < deadline:
        time.sleep(0.1)
    assert rows == [[1]]


def stored(account: Account) -> list[Any] | None:
    """None while the server is down."""
    down = (pg8000.exceptions.InterfaceError, pg8000.exceptions.DatabaseError, OSError)
    with contextlib.suppress(*down), connect(account, "tests-master") as connection:
        return connection.run("SELECT number FROM kept")
    return None


def test_describe_says_where_the_instance_is(account: Account, deployed: dict[str, str]) -> None:
    (instance,) = account.client("rds").describe_db_instances(DBInstanceIdentifier="tests")["DBInstances"]
    assert instance["Endpoint"]["Address"] == "127.0.0.1"
    assert str(instance["Endpoint"]["Port"]) == deployed["Port"]


def test_another_engine_fails_by_name(account: Account) -> None:
    resources = {
        "Database": {
            "Type": "AWS::RDS::DBInstance",
            "Properties": {
                "Engine": "mysql",
                "DBInstanceClass": "db.t4g.micro",
                "MasterUsername": "owner",
                "MasterUserPassword": "password",
            },
        }
    }
    with pytest.raises(StackError, match="Engine is mysql: localaws runs engine postgres only"):
        account.deploy("mysql", resources)


def test_destroying_the_stack_removes_the_data(account: Account) -> None:
    account.deploy("doomed", database("doomed"), OUTPUTS)
    folder = account.state / "rds" / "000000000000" / "eu-central-1" / "doomed"
    assert (folder / "data" / "PG_VERSION").exists()
    account.destroy("doomed")
    assert not folder.exists()


def test_upstream_still_attaches_nothing() -> None:
    source = inspect.getsource(secret_target_attachment.Provider)
    assert "put_secret_value" not in source, "patches/secret_target_attachment.py is not needed any more"
