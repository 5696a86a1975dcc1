"""`python tests/cost_of_iam.py`: what a call costs with and without enforced permissions.

Two accounts run side by side, one with LOCALAWS_IAM=off. A role's session calls both in turn, so that whatever else the
machine does slows both down.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from account import REGION, Account

ROUNDS, CALLS = 30, 20
ROLE = "arn:aws:iam::000000000000:role/measured"
Calls = dict[str, Callable[[], Any]]


def prepare(account: Account) -> Calls:
    """Three frequent calls of a role whose policy has as many statements as that of a function."""
    account.client("s3").create_bucket(Bucket="measured", CreateBucketConfiguration={"LocationConstraint": REGION})
    account.client("s3").put_object(Bucket="measured", Key="a", Body=b"a")
    account.client("secretsmanager").create_secret(Name="measured", SecretString="a")
    queue = account.client("sqs").create_queue(QueueName="measured")["QueueUrl"]
    actions = ["s3:PutObject", "s3:GetObject", "s3:ListBucket", "secretsmanager:GetSecretValue", "sqs:SendMessage"]
    account.allow(ROLE, actions, "*")
    found = account.client("sts").assume_role(RoleArn=ROLE, RoleSessionName="measured")["Credentials"]
    keys = (found["AccessKeyId"], found["SecretAccessKey"], found["SessionToken"])
    s3, secrets, sqs = (account.client(name, *keys) for name in ("s3", "secretsmanager", "sqs"))
    return {
        "s3:GetObject": lambda: s3.get_object(Bucket="measured", Key="a")["Body"].read(),
        "secretsmanager:GetSecretValue": lambda: secrets.get_secret_value(SecretId="measured"),
        "sqs:SendMessage": lambda: sqs.send_message(QueueUrl=queue, MessageBody="a"),
    }


def milliseconds(call: Callable[[], Any]) -> list[float]:
    taken = []
    for _ in range(CALLS):
        begin = time.perf_counter()
        call()
        taken.append((time.perf_counter() - begin) * 1000)
    return taken


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        accounts = [Account(Path(folder) / "on"), Account(Path(folder) / "off", LOCALAWS_IAM="off")]
        try:
            on, off = (prepare(account.start()) for account in accounts)
            print(f"medians of {ROUNDS * CALLS} calls, in ms: enforced, not enforced, their ratio")
            for name in on:
                found: tuple[list[float], list[float]] = ([], [])
                for number in range(ROUNDS):
                    order = (0, 1) if number % 2 else (1, 0)
                    for which in order:
                        found[which].extend(milliseconds((on, off)[which][name]))
                enforced, free = map(statistics.median, found)
                print(f"{name:32} {enforced:6.2f} {free:6.2f}   {enforced / free:.3f}")
        finally:
            for account in accounts:
                if account.process:
                    account.stop()


if __name__ == "__main__":
    main()
