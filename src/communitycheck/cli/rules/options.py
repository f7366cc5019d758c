"""Options that several commands of the rule book have."""

from typing import Annotated

from communitycheck.cli.common import option

RuleStandards = Annotated[
    list[str] | None, option("--standard", "-s", metavar="ID|FILE", help="help-rules-standard")
]
