"""CloudFormation resource types that community LocalStack lacks: a table of rows, and one provider that reads it.

pyproject.toml names each row's plugin class here as an entry point.
"""

from localaws.cloudformation.provider import plugin
from localaws.cloudformation.rows import ROWS

globals().update({row.type.replace("::", "_"): plugin(row) for row in ROWS})
