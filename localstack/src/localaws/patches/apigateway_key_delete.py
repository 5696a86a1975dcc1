"""A deleted API key stays in its usage plans, and a request with it is answered with 500 instead of 403.

Not needed once the moto backend's delete_api_key removes the key from usage_plan_keys.
"""

from typing import Any

from moto.apigateway.models import APIGatewayBackend


def apply() -> None:
    original = APIGatewayBackend.delete_api_key

    def delete_api_key(self: APIGatewayBackend, api_key_id: str) -> Any:
        result = original(self, api_key_id)
        for keys in self.usage_plan_keys.values():
            keys.pop(api_key_id, None)
        return result

    APIGatewayBackend.delete_api_key = delete_api_key
