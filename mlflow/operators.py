"""Who calls MLflow: each operator is a user of their own.

API Gateway calls with MLflow's login, and names the operator in the header X-Vowcheck-Operator. A client cannot choose
the header's value, because API Gateway sets it. Programs within the network name nobody: they are MLflow's admin.
"""

import secrets
from urllib.parse import unquote

from flask import Response, request
from mlflow.exceptions import MlflowException
from mlflow.protos.databricks_pb2 import RESOURCE_ALREADY_EXISTS, ErrorCode
from mlflow.server.auth import auth_config, authenticate_request_basic_auth, store
from werkzeug.datastructures import Authorization

OPERATOR_HEADER = "X-Vowcheck-Operator"


def authenticate() -> Authorization | Response:
    """MLflow's `authorization_function`: checks MLflow's login, and answers whose call it is."""
    login = authenticate_request_basic_auth()
    operator = request.headers.get(OPERATOR_HEADER)
    if isinstance(login, Response) or operator is None or login.username != auth_config.admin_username:
        return login
    return Authorization("basic", {"username": user_of(unquote(operator)), "password": ""})


def user_of(operator: str) -> str:
    """The operator's user, who may do everything and cannot log in to MLflow: nobody knows the password."""
    name = f"{operator} (operator)" if operator == auth_config.admin_username else operator
    if not store.has_user(name):
        try:
            store.create_user(name, secrets.token_urlsafe(32), is_admin=True)
        except MlflowException as e:  # made by another request at the same time
            if e.error_code != ErrorCode.Name(RESOURCE_ALREADY_EXISTS):
                raise
    return name
