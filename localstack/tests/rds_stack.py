"""The template of a database with a generated secret, as CDK writes it."""

import json
from typing import Any

import pg8000.native
from account import Account


def secret(name: str, **generate: Any) -> dict[str, Any]:
    return {
        "Type": "AWS::SecretsManager::Secret",
        "Properties": {"Name": name, "GenerateSecretString": {"PasswordLength": 30, **generate}},
    }


def database(name: str) -> dict[str, Any]:
    """A VPC, an instance `name`, its secret `name`-master."""
    resolved = "{{resolve:secretsmanager:%s:SecretString:%s::}}"
    return {
        "Vpc": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.0.0.0/16"}},
        **{
            f"Subnet{number}": {
                "Type": "AWS::EC2::Subnet",
                "Properties": {
                    "VpcId": {"Ref": "Vpc"},
                    "CidrBlock": f"10.0.{number}.0/24",
                    "AvailabilityZone": f"eu-central-1{zone}",
                },
            }
            for number, zone in enumerate("ab")
        },
        "Group": {
            "Type": "AWS::EC2::SecurityGroup",
            "Properties": {"GroupDescription": "database", "VpcId": {"Ref": "Vpc"}},
        },
        "Subnets": {
            "Type": "AWS::RDS::DBSubnetGroup",
            "Properties": {
                "DBSubnetGroupDescription": "isolated",
                "SubnetIds": [{"Ref": "Subnet0"}, {"Ref": "Subnet1"}],
            },
        },
        "Parameters": {
            "Type": "AWS::RDS::DBParameterGroup",
            "Properties": {"Family": "postgres18", "Description": "tests", "Parameters": {"rds.force_ssl": "0"}},
        },
        "Secret": secret(
            f"{name}-master",
            SecretStringTemplate=json.dumps({"username": "owner"}),
            GenerateStringKey="password",
            ExcludeCharacters='"@/\\',
        ),
        "Database": {
            "Type": "AWS::RDS::DBInstance",
            "Properties": {
                "DBInstanceIdentifier": name,
                "DBInstanceClass": "db.t4g.micro",
                "AllocatedStorage": "20",
                "Engine": "postgres",
                "EngineVersion": "18",
                "DBName": "records",
                "MasterUsername": {"Fn::Sub": [resolved % ("${Secret}", "username"), {}]},
                "MasterUserPassword": {
                    "Fn::Join": [
                        "",
                        ["{{resolve:secretsmanager:", {"Ref": "Secret"}, ":SecretString:password::}}"],
                    ]
                },
                "DBSubnetGroupName": {"Ref": "Subnets"},
                "DBParameterGroupName": {"Ref": "Parameters"},
                "VPCSecurityGroups": [{"Fn::GetAtt": ["Group", "GroupId"]}],
                "StorageEncrypted": True,
            },
        },
        "Attachment": {
            "Type": "AWS::SecretsManager::SecretTargetAttachment",
            "Properties": {
                "SecretId": {"Ref": "Secret"},
                "TargetId": {"Ref": "Database"},
                "TargetType": "AWS::RDS::DBInstance",
            },
        },
    }


def value(account: Account, name: str) -> dict[str, Any]:
    return json.loads(account.client("secretsmanager").get_secret_value(SecretId=name)["SecretString"])


def connect(account: Account, secret_name: str) -> pg8000.native.Connection:
    found = value(account, secret_name)
    return pg8000.native.Connection(
        found["username"],
        host=found["host"],
        port=int(found["port"]),
        database=found["dbname"],
        password=found["password"],
    )
