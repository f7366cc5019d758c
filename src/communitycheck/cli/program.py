"""The whole command line: its commands, the options that stand before them, and the settings of a run."""

import os
import sys
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

import typer

from communitycheck.cli import settings
from communitycheck.cli.common import Language, option
from communitycheck.cli.console import Console
from communitycheck.cli.group import CommandGroup
from communitycheck.cli.help import translate
from communitycheck.cli.language import preferred
from communitycheck.errors import UsageError
from communitycheck.messages import Lang
from communitycheck.version import __version__

# In the order in which help lists them; each is the module of its name.
COMMANDS = (
    "check",
    "inspect",
    "explain",
    "template",
    "rules",
    "config",
)


class Program(CommandGroup):
    """All commands."""

    modules: ClassVar = {name: f"communitycheck.cli.{name}" for name in COMMANDS}
    file: settings.SettingsFile
    values: Mapping[str, settings.Value]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        command = super().get_command(ctx, cmd_name)
        if command is not None:
            settings.apply(self.values, command)
        return command

    def resolve_other(self, ctx: Any, args: list[str]) -> Any:
        """``communitycheck FILE`` is ``communitycheck check FILE``."""
        if is_path(args[0]):
            return super().resolve_command(ctx, ["check", *args])
        return super().resolve_other(ctx, args)


def is_path(word: str) -> bool:
    """Whether a word is a file, a folder, a pattern or a list, there or not; the name of a command is none of these."""
    # Of a name that is too long or holds a null character Path would make an error.
    return word.startswith("@") or any(c in word for c in "./\\*?[") or os.path.exists(word)  # noqa: PTH110


def build(lang: Lang) -> Program:
    """The program with its help in ``lang``."""
    app = typer.Typer(
        name="communitycheck",
        help="help-app",
        cls=Program,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    app.callback(invoke_without_command=True)(before_the_command)
    program: Program = typer.main.get_command(app)  # type: ignore[assignment]
    program.lang, program.file, program.values = lang, settings.SettingsFile(), {}
    translate(program, lang, {})
    return program


def before_the_command(
    version: Annotated[bool, option("--version", help="help-version", is_eager=True)] = False,
    # Both have been looked up before the command line is parsed.
    config: Annotated[str | None, option("--config", metavar="FILE", help="help-config")] = None,
    lang: Language = None,
) -> None:
    if version:
        typer.echo(f"communitycheck {__version__}")
        raise typer.Exit


def run_program(arguments: list[str], console: Console) -> int:
    """Run a command line under the settings that hold here; the exit code."""
    file = settings.settings_file(arguments)
    console.lang = preferred(arguments, file.table.get("lang"))
    program = build(console.lang)
    program.file = file
    try:
        if settings.tidy_environment() or file.table:
            _check_settings(program, console)
        return int(program(arguments, prog_name="communitycheck", standalone_mode=False, obj=console) or 0)
    except typer.BadParameter as error:
        raise settings.refused(error) from None
    except UsageError as error:
        raise settings.naming_its_source(error, arguments, file) from None


def _check_settings(program: Program, console: Console) -> None:
    """Take the settings over, all of them checked, whichever command is run."""
    check = program.get_command(None, "check")
    program.values = settings.checked(program.file, check)
    check = program.get_command(None, "check")
    settings.in_force(check, program.file)
    for name, near in settings.unknown_variables(settings.settable(check)):
        print(console.say("config-stranger", name=name, near=near), file=sys.stderr)
