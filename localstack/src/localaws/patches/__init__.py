"""Defects of LocalStack 4.13.1 that are worked around: one module each, with the way to tell that it is gone.

A patch that cannot be applied (its class has moved) ends LocalStack at start; tests/ has a test for each, which fails
when the defect is gone.
"""

import importlib
import pkgutil


def apply() -> None:
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}").apply()
