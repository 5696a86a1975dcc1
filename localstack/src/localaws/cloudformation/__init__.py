"""CloudFormation resource types that LocalStack community lacks: a table of rows, and one provider that reads it.

pyproject.toml lists the plugin class of each row, defined here, as an entry point.
"""

from localaws.cloudformation.provider import plugin
from localaws.cloudformation.rows import ROWS

globals().update({row.type.replace("::", "_"): plugin(row) for row in ROWS})
