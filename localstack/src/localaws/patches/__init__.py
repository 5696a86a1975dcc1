"""Workarounds for defects of LocalStack: one module each, which says how to tell that the defect is fixed.

If a patch cannot be applied, because its class has moved, LocalStack does not start. tests/ has a test for each patch
that fails once the defect is fixed.
"""

import importlib
import pkgutil


def apply() -> None:
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}").apply()
