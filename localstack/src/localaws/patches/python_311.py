"""kms:CreateKey gives uuid5() bytes, which the standard library takes from Python 3.12 on.

Not needed on Python 3.12, nor once KmsKey.generate_key_material_id does without. (The other line that needs a newer
Python is in __main__.py: it fails at import.)
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
