"""`changed_assembly.py SOURCE TARGET`: an assembly of `cdk synth` with other settings of the scoring function, whose
version is therefore another, and of one resource of each type that LocalStack can change. Prints the types."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

SERVICE = "Service.template.json"
FUNCTION = "vowcheck-local-scoring"
VERSION = "ScoringFunctionCurrentVersion"
DEPLOYMENT = "ScoringApiRestApiDeployment"
STATEMENT = {"Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*"}
VARIABLE = {"Name": "CHANGED", "Value": "1"}


def described(name: str = "Description") -> Callable[[dict[str, Any]], None]:
    return lambda properties: properties.update({name: f"{properties.get(name, '')} (changed)".strip()})


CHANGES: dict[str, Callable[[dict[str, Any]], Any]] = {
    "AWS::Lambda::Function": lambda p: p["Environment"]["Variables"].update(CHANGED="1"),
    "AWS::IAM::Policy": lambda p: p["PolicyDocument"]["Statement"].append(STATEMENT),
    "AWS::CloudWatch::Alarm": described("AlarmDescription"),
    "AWS::CloudWatch::Dashboard": lambda p: p.update(DashboardBody='{"widgets":[]}'),
    "AWS::Events::Rule": described(),
    "AWS::SQS::Queue": lambda p: p.update(VisibilityTimeout=77),
    "AWS::SNS::Topic": described("DisplayName"),
    "AWS::ApiGateway::UsagePlan": described(),
    "AWS::ApiGateway::GatewayResponse": lambda p: p["ResponseParameters"].update(
        {"gatewayresponse.header.X-Changed": "'1'"}
    ),
    "AWS::Logs::MetricFilter": lambda p: p.update(FilterPattern='{ $.status = "429" }'),
    "AWS::StepFunctions::StateMachine": lambda p: p["Tags"].append({"Key": "changed", "Value": "1"}),
    "AWS::ECS::TaskDefinition": lambda p: p["ContainerDefinitions"][0]["Environment"].append(VARIABLE),
}


def changed(text: str) -> str:
    """The template: CDK gives a version and a deployment of an API a new logical id at each change."""
    for name in json.loads(text)["Resources"]:
        if name.startswith(VERSION) or (name.startswith(DEPLOYMENT) and not name.startswith(f"{DEPLOYMENT}Stage")):
            text = text.replace(f'"{name}"', f'"{name}Changed"')
    template = json.loads(text)
    left = dict(CHANGES)
    for resource in template["Resources"].values():
        properties = resource["Properties"]
        if resource["Type"] != "AWS::Lambda::Function" or properties.get("FunctionName") == FUNCTION:
            left.pop(resource["Type"], lambda _: None)(properties)
    if left:
        sys.exit(f"the template has no {', '.join(left)}")
    return json.dumps(template)


def main() -> None:
    source, target = map(Path, sys.argv[1:])
    target.mkdir()
    for file in source.iterdir():
        (target / file.name).symlink_to(file)
    manifest = json.loads((source / "manifest.json").read_text())
    key = manifest["artifacts"]["Service"]["properties"]["stackTemplateAssetObjectUrl"].rsplit("/", 1)[1]
    contents = {SERVICE: changed((source / SERVICE).read_text())}
    for name in ("manifest.json", "Service.assets.json"):
        contents[name] = (source / name).read_text().replace(key, f"changed-{key}")
    for name, content in contents.items():
        (target / name).unlink()
        (target / name).write_text(content)
    versions = ["AWS::Lambda::Version", "AWS::Lambda::Alias", "AWS::ApiGateway::Deployment", "AWS::ApiGateway::Stage"]
    print(*CHANGES, *versions, sep="\n")


if __name__ == "__main__":
    main()
