"""ExecuteChangeSet ignores its ClientRequestToken: when a busy LocalStack answers late, the SDK of a client repeats
the request, and the deployment fails because the change set is already being executed. AWS answers the second request
like the first.

Not needed once CloudformationProviderV2.execute_change_set reads its client_request_token.
"""

import functools
from typing import Any

from localstack.aws.api import RequestContext
from localstack.services.cloudformation.stores import get_cloudformation_store
from localstack.services.cloudformation.v2.provider import CloudformationProviderV2, find_change_set_v2


def apply() -> None:
    original = CloudformationProviderV2.execute_change_set

    @functools.wraps(original)
    def execute_change_set(
        self: CloudformationProviderV2,
        context: RequestContext,
        change_set_name: str,
        stack_name: str | None = None,
        client_request_token: str | None = None,
        **others: Any,
    ) -> Any:
        store = get_cloudformation_store(context.account_id, context.region)
        change_set = find_change_set_v2(store, change_set_name, stack_name)
        if client_request_token and getattr(change_set, "localaws_executed_by", None) == client_request_token:
            return {}
        executed = original(self, context, change_set_name, stack_name, client_request_token, **others)
        change_set.localaws_executed_by = client_request_token
        return executed

    CloudformationProviderV2.execute_change_set = execute_change_set
