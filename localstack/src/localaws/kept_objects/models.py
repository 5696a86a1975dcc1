"""Converts LocalStack's S3Object and S3DeleteMarker to JSON and back."""

from datetime import datetime
from typing import Any

from localstack.services.s3.models import S3DeleteMarker, S3Object

KINDS = {kind.__name__: kind for kind in (S3Object, S3DeleteMarker)}


def encode(version: S3Object | S3DeleteMarker) -> dict[str, Any]:
    return {
        "kind": type(version).__name__,
        "attributes": {name: _encode_value(value) for name, value in vars(version).items()},
    }


def decode(written: dict[str, Any]) -> S3Object | S3DeleteMarker:
    kind = KINDS[written["kind"]]
    version = kind.__new__(kind)
    vars(version).update({name: _decode_value(value) for name, value in written["attributes"].items()})
    return version


def _encode_value(value: Any) -> Any:
    match value:
        case datetime():
            return {"$time": value.isoformat()}
        case dict():
            return {"$items": [[_encode_value(k), _encode_value(v)] for k, v in value.items()]}
        case list() | tuple():
            return [_encode_value(v) for v in value]
        case None | bool() | int() | float() | str():
            return value
    raise TypeError(f"cannot keep a value of type {type(value).__name__} with an S3 object")


def _decode_value(value: Any) -> Any:
    match value:
        case {"$time": text}:
            return datetime.fromisoformat(text)
        case {"$items": items}:
            return {_decode_value(k): _decode_value(v) for k, v in items}
        case list():
            return [_decode_value(v) for v in value]
    return value
