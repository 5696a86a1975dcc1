"""CloudFormation asks once a second whether a resource is ready, so that every function takes a second or two that is
ready in 0.2 s: ten seconds of a deployment.

Not needed once ResourceProviderExecutor.deploy_loop waits for less than a second by default.
"""

import inspect

from localstack.services.cloudformation.resource_provider import ResourceProviderExecutor

SECONDS = 0.05


def apply() -> None:
    parameters = inspect.signature(ResourceProviderExecutor.deploy_loop).parameters
    defaults = {name: p.default for name, p in parameters.items() if p.default is not inspect.Parameter.empty}
    defaults["sleep_time"] = SECONDS
    ResourceProviderExecutor.deploy_loop.__defaults__ = tuple(defaults.values())
