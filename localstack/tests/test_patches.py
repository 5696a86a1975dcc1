"""Whether the upstream defects still exist, for patches whose effect other tests show. A failure names the patch to
remove."""

import importlib
import inspect
import pkgutil
import sys

import pytest
from localstack.services.cloudformation.engine.v2.change_set_model import ChangeSetModel
from localstack.services.cloudformation.engine.v2.change_set_model_executor import ChangeSetModelExecutor
from localstack.services.cloudformation.resource_provider import ResourceProviderExecutor
from localstack.services.cloudformation.v2.provider import CloudformationProviderV2
from localstack.services.cloudwatch import provider_v2
from localstack.services.events import rule, scheduler, target
from localstack.services.events.resource_providers.aws_events_rule import EventsRuleProvider
from localstack.services.kms.models import KmsKey
from localstack.services.s3.resource_providers.aws_s3_bucket import S3BucketProvider
from localstack.services.secretsmanager.resource_providers.aws_secretsmanager_secret import (
    SecretsManagerSecretProvider,
)
from localstack.services.stepfunctions.asl.component.common.error_name.custom_error_name import CustomErrorName
from localstack.services.stepfunctions.asl.component.state.state_execution.state_task.service import (
    state_task_service_ecs,
)
from localstack.services.stepfunctions.backend.execution import BaseExecutionWorkerCommunication
from localstack.services.stepfunctions.resource_providers.aws_stepfunctions_statemachine import (
    StepFunctionsStateMachineProvider,
)

from localaws import patches

NAMES = [module.name for module in pkgutil.iter_modules(patches.__path__)]


@pytest.mark.parametrize("name", NAMES)
def test_a_patch_says_what_is_wrong_and_when_to_remove_it(name: str) -> None:
    module = importlib.import_module(f"localaws.patches.{name}")
    assert "Not needed" in module.__doc__
    assert callable(module.apply)


def test_upstream_still_empties_a_bucket_of_current_versions_only() -> None:
    source = inspect.getsource(S3BucketProvider)
    assert "list_object_versions" not in source, "patches/s3_bucket_delete.py may not be needed"


def test_upstream_still_deletes_a_failed_stack_by_its_template() -> None:
    source = inspect.getsource(ChangeSetModelExecutor.execute)
    assert "creation" not in source, "patches/cloudformation_failed_creation.py may not be needed"


def test_upstream_still_calls_an_alarms_actions_on_behalf_of_nobody() -> None:
    source = inspect.getsource(provider_v2)
    assert "service_principal" not in source, "patches/cloudwatch_alarm_actions.py may not be needed"


def test_upstream_still_completes_a_stack_before_its_outputs() -> None:
    source = inspect.getsource(CloudformationProviderV2.execute_change_set)
    assert source.index("StackStatus.CREATE_COMPLETE") < source.index("resolved_outputs"), (
        "patches/cloudformation_outputs.py may not be needed"
    )


def test_upstream_still_asks_for_a_resource_once_a_second() -> None:
    source = inspect.getsource(ResourceProviderExecutor.deploy_loop)
    assert "sleep_time: float = 1," in source, "patches/cloudformation_polling.py may not be needed"


def test_upstream_still_makes_a_uuid_of_bytes() -> None:
    source = inspect.getsource(KmsKey.generate_key_material_id)
    assert sys.version_info >= (3, 12) or "uuid5" in source, "patches/python_311.py is not needed any more"


def test_upstream_still_decides_a_replacement_by_the_templates_text() -> None:
    source = inspect.getsource(ChangeSetModel._resolve_requires_replacement)
    assert "change_type" in source, "patches/cloudformation_replacement.py may not be needed"


def test_upstream_still_cannot_update_a_rule() -> None:
    with pytest.raises(NotImplementedError):
        EventsRuleProvider().update(None)


def test_upstream_still_cannot_update_a_secret() -> None:
    with pytest.raises(NotImplementedError):
        SecretsManagerSecretProvider().update(None)


def test_upstream_still_forgets_timers_and_fires_early() -> None:
    assert "cancel_job" not in inspect.getsource(rule.RuleService.create_schedule_job) and "TODO" in inspect.getsource(
        scheduler.JobScheduler.loop
    ), "patches/events_schedule.py may not be needed"


def test_upstream_still_names_an_execution_by_its_input() -> None:
    source = inspect.getsource(target.StatesTargetSender.send_event)
    assert 'event["id"]' in source, "patches/events_states_target.py may not be needed"


def test_upstream_still_ignores_exit_codes() -> None:
    source = inspect.getsource(state_task_service_ecs)
    assert "exitcode" not in source.lower(), "patches/stepfunctions_sync.py may not be needed"


def test_upstream_still_refuses_its_own_error_names() -> None:
    with pytest.raises(ValueError, match="MUST NOT"):
        CustomErrorName("States.TaskFailed")


def test_upstream_still_forgets_an_updated_state_machines_name() -> None:
    source = inspect.getsource(StepFunctionsStateMachineProvider.update)
    assert '"Name"' not in source, "patches/stepfunctions_state_machine_update.py may not be needed"


def test_upstream_still_forgets_why_an_execution_was_stopped() -> None:
    source = inspect.getsource(BaseExecutionWorkerCommunication._reflect_execution_status)
    assert source.count(".cause = ") == 1, "patches/stepfunctions_aborted.py may not be needed"
