"""The RDS operations that need a server: create, modify and delete an instance. All others are moto's."""

from typing import Any

from localstack.aws.api import CommonServiceException, RequestContext
from localstack.services.moto import call_moto
from moto.rds.models import DBInstance, rds_backends

from localaws import settings
from localaws.rds.postgres import HOST, Postgres, PostgresError
from localaws.retention import deletes_kept_state

_moto_address = DBInstance.address.fget
DBInstance.address = property(lambda self: getattr(self, "localaws_address", None) or _moto_address(self))


class RdsProvider:
    """Holds the servers of the instances that were created since LocalStack started."""

    def __init__(self) -> None:
        self.servers: dict[tuple[str, str, str], Postgres] = {}

    def create_db_instance(self, context: RequestContext, request: dict[str, Any]) -> Any:
        if request.get("Engine") != "postgres":
            raise CommonServiceException(
                "InvalidParameterValue", f"Engine is {request.get('Engine')}: localaws runs engine postgres only", 400
            )
        for name in ("MasterUsername", "MasterUserPassword"):
            if not request.get(name):
                raise CommonServiceException("InvalidParameterValue", f"{name} is required by localaws", 400)
        result = call_moto(context)
        name = result["DBInstance"]["DBInstanceIdentifier"]
        try:
            server = Postgres(
                settings.STATE / "rds" / context.account_id / context.region / name,
                request["MasterUsername"],
                request["MasterUserPassword"],
                request.get("DBName"),
                request.get("Port"),
            )
        except PostgresError as e:
            rds_backends[context.account_id][context.region].databases.pop(name)
            raise CommonServiceException("InternalFailure", str(e), 500) from e
        self.servers[context.account_id, context.region, name] = server
        instance = rds_backends[context.account_id][context.region].databases[name]
        instance.localaws_address, instance.port = HOST, server.port
        result["DBInstance"]["Endpoint"] = {"Address": HOST, "Port": server.port}
        return result

    def delete_db_instance(self, context: RequestContext, request: dict[str, Any]) -> Any:
        result = call_moto(context)
        key = context.account_id, context.region, result["DBInstance"]["DBInstanceIdentifier"]
        if server := self.servers.pop(key, None):
            if deletes_kept_state():
                server.delete()
            else:
                server.stop()
        return result

    def modify_db_instance(self, context: RequestContext, request: dict[str, Any]) -> Any:
        for name in ("MasterUserPassword", "NewDBInstanceIdentifier", "DBPortNumber"):
            if request.get(name):
                raise CommonServiceException("InvalidParameterCombination", f"localaws cannot change {name}", 400)
        return call_moto(context)
