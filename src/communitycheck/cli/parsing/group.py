"""A group of commands, each in a module of its own that is loaded when the command is named or listed.

A command's module declares it as ``command``: a function whose annotations are its options, or a group. Where its help
states facts, ``help_values(lang)`` gives them. Each has ``--limit`` besides, unless its module says ``OWN_FILES_ONLY``:
it reads nothing that others wrote. ``CLASS`` is the class of its command where that is a special one.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, ClassVar

import typer
from typer.core import TyperGroup

from communitycheck.cli.common import Language, console_of
from communitycheck.cli.parsing.help import translate
from communitycheck.cli.parsing.limit_option import limit_option
from communitycheck.cli.parsing.plain_values import keep_plain_values
from communitycheck.errors import UsageError
from communitycheck.messages import Lang
from communitycheck.nearest import nearest


class CommandGroup(TyperGroup):
    """Loads its commands when they are asked for, and names the nearest where there is none of a name."""

    # The name of a command -> its module; and what stands before the name on the command line.
    modules: ClassVar[Mapping[str, str]]
    prefix: ClassVar[str] = ""
    lang: Lang = "en"
    # What is done to a command before it runs; those of a group take it over.
    prepare: Callable[[Any], None] = staticmethod(lambda _: None)

    def list_commands(self, ctx: Any) -> list[str]:
        return list(self.modules)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in self.commands and cmd_name in self.modules:
            self.commands[cmd_name] = self._load(cmd_name)
        command = super().get_command(ctx, cmd_name)
        if command is not None:
            self.prepare(command)
        return command

    def _load(self, name: str) -> Any:
        module = import_module(self.modules[name])
        app = module.command
        if not isinstance(app, typer.Typer):
            app = typer.Typer(add_completion=False, rich_markup_mode=None)
            code = f"{self.prefix}{name}".replace(" ", "-")
            kind = getattr(module, "CLASS", None)
            app.command(name, cls=kind, help=f"help-{code}", epilog=f"example-{code}")(module.command)
        command = typer.main.get_command(app)
        if not isinstance(command, CommandGroup) and not getattr(module, "OWN_FILES_ONLY", False):
            command.params.insert(-1, limit_option())  # before --lang
        keep_plain_values(command)
        values = module.help_values(self.lang) if hasattr(module, "help_values") else {}
        translate(command, self.lang, values)
        if isinstance(command, CommandGroup):
            command.lang, command.prepare = self.lang, self.prepare
        return command

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        name, known = args[0], self.list_commands(ctx)
        if not name.startswith("-") and name not in known:
            return self.resolve_other(ctx, args)
        return super().resolve_command(ctx, args)

    def resolve_other(self, ctx: Any, args: list[str]) -> Any:
        """What is meant by a first word that is no command.

        Raises:
            UsageError: nothing; the message names the nearest command.
        """
        name, known = args[0], self.list_commands(ctx)
        near = nearest(name, known)
        raise UsageError(
            "usage-no-such-command",
            name=self.prefix + name,
            near=self.prefix + near if near else "",
            known=", ".join(known),
        )


def group(name: str, help: str, commands: type[CommandGroup]) -> typer.Typer:
    """A group that shows its help where no command of it is named; ``help`` is the code of a message."""
    example = f"example-{name}"
    app = typer.Typer(name=name, help=help, epilog=example, cls=commands, rich_markup_mode=None, add_completion=False)

    @app.callback(invoke_without_command=True)
    def show_help(context: typer.Context, lang: Language = None) -> None:
        console_of(context, lang)
        if context.invoked_subcommand is None:
            typer.echo(context.get_help())

    return app
