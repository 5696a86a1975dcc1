"""kms:CreateKey passes bytes to uuid5(), which accepts them only from Python 3.12 on.

Not needed on Python 3.12, or once KmsKey.generate_key_material_id avoids this. (The other line that needs a newer
Python fails at import and is handled in __main__.py.)
"""

import sys
import uuid
from hashlib import sha1

from localstack.services.kms.models import KmsKey


def generate_key_material_id(self: KmsKey, key_material: bytes) -> str:
    digest = sha1(self._internal_key_id.bytes + key_material, usedforsecurity=False).digest()
    return uuid.UUID(bytes=digest[:16], version=5).hex * 2


def apply() -> None:
    if sys.version_info < (3, 12):
        KmsKey.generate_key_material_id = generate_key_material_id
