"""``--limit``, which every command has that reads what others wrote: in force from where it is parsed.

No command declares it, so that none can forget it, and none is handed its value.
"""

from typing import Annotated, Any

import typer

from communitycheck.cli.common import option, several
from communitycheck.errors import UsageError
from communitycheck.nearest import nearest
from communitycheck.system.limits import TABLE, raise_limits


def raised(context: typer.Context, parameter: Any, value: list[str] | None) -> list[str] | None:
    """Put them into force."""
    given = several(context, parameter, value) or []
    known = [one.name for one in TABLE]
    for one in given:
        name, _, text = (part.strip() for part in one.partition("="))
        try:
            raise_limits({name: text})
        except ValueError:
            near = f"{nearest(name, known)}={text}" if name not in known and nearest(name, known) else ""
            raise UsageError("option-limit", option="--limit", value=one, near=near, known=", ".join(known)) from None
    return given or None


Limit = Annotated[
    list[str] | None,
    option(
        "--limit", metavar="NAME=VALUE", help="help-limit", setting=True, callback=raised, is_eager=True,
        expose_value=False,
    ),
]  # fmt: skip


def limit_option() -> Any:
    """The option, as Typer makes it of an annotation."""

    def alone(limit: Limit = None) -> None: ...

    app = typer.Typer(add_completion=False)
    app.command()(alone)
    [made] = typer.main.get_command(app).params
    return made
