"""The whole command line: its commands, the options that stand before them, and the settings of a run."""

import os
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

import typer

from communitycheck.cli.common import Language, one_of, option
from communitycheck.cli.console import Console, to_stderr
from communitycheck.cli.language import preferred
from communitycheck.cli.parsing.group import CommandGroup
from communitycheck.cli.parsing.help import translate
from communitycheck.cli.parsing.plain_values import keep_plain_values
from communitycheck.cli.settings import options as settings
from communitycheck.cli.settings.file import SettingsFile, settings_file
from communitycheck.errors import UsageError
from communitycheck.messages import Lang
from communitycheck.printable import one_line
from communitycheck.version import __version__

# In the order in which help lists them; each is the module of its name, here or in one of the folders.
COMMANDS = (
    "check",
    "watch",
    "inspect",
    "explain",
    "gap",
    "whatif",
    "trend",
    "conflicts",
    "overlap",
    "compare",
    "baseline",
    "waivers",
    "template",
    "demo",
    "rules",
    "config",
    "doctor",
)

FOLDERS = dict.fromkeys(("trend", "conflicts"), "periods.") | dict.fromkeys(("overlap", "template"), "forms.")

SHELLS = "bash|zsh|fish|powershell|pwsh"
InstallCompletion = Annotated[str | None, option("--install-completion", metavar=SHELLS, help="help-install")]
ShowCompletion = Annotated[str | None, option("--show-completion", metavar=SHELLS, help="help-show-install")]
# By this variable the shell asks for words.
COMPLETING = "_COMMUNITYCHECK_COMPLETE"


class Program(CommandGroup):
    """All commands."""

    modules: ClassVar = {name: f"communitycheck.cli.{FOLDERS.get(name, '')}{name}" for name in COMMANDS}
    file: SettingsFile
    values: Mapping[str, settings.Value]
    console: Console

    def prepare(self, command: Any) -> None:
        """Let it fall back on the settings of the run."""
        settings.apply(self.values, command, self.file, self.console)

    def resolve_other(self, ctx: Any, args: list[str]) -> Any:
        """``communitycheck FILE`` is ``communitycheck check FILE``."""
        if is_path(args[0]):
            return super().resolve_command(ctx, ["check", *args])
        return super().resolve_other(ctx, args)


def is_path(word: str) -> bool:
    """Whether a word is a file, a folder, a pattern or a list, there or not; the name of a command is none of these."""
    # Of a name that is too long or holds a null character Path would make an error.
    return word.startswith("@") or any(c in word for c in "./\\*?[") or os.path.exists(word)  # noqa: PTH110


def build(lang: Lang, console: Console | None = None) -> Program:
    """The program with its help in ``lang``; ``console`` is where the run prints."""
    app = typer.Typer(
        name="communitycheck",
        help="help-app",
        epilog="example-app",
        cls=Program,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    app.callback(invoke_without_command=True)(before_the_command)
    program: Program = typer.main.get_command(app)  # type: ignore[assignment]
    program.lang, program.console = lang, console or Console(lang, "text")
    program.file, program.values = SettingsFile(), {}
    keep_plain_values(program)
    translate(program, lang, {})
    return program


def before_the_command(
    context: typer.Context,
    version: Annotated[bool, option("--version", help="help-version", is_eager=True)] = False,
    # These have been looked up before the command line is parsed.
    config: Annotated[str | None, option("--config", metavar="FILE", help="help-config")] = None,
    no_config: Annotated[bool, option("--no-config", help="help-no-config")] = False,
    lang: Language = None,
    install_completion: InstallCompletion = None,
    show_completion: ShowCompletion = None,
) -> None:
    if version:
        typer.echo(f"communitycheck {__version__}")
        raise typer.Exit
    for name, shell in (("--install-completion", install_completion), ("--show-completion", show_completion)):
        if shell is not None:
            _complete_in(context, one_of(name, shell, SHELLS.split("|")), is_installed=name == "--install-completion")
            raise typer.Exit


def _complete_in(context: typer.Context, shell: str, *, is_installed: bool) -> None:
    """Tell the shell how words are completed, or show what it has to be told."""
    from communitycheck.cli import completion  # for this alone

    console: Console = context.obj
    if is_installed:
        console.remark(console.say("completion-installed", shell=shell, path=completion.install(shell)))
    else:
        console.print(completion.script(shell) + "\n")


def run_program(arguments: list[str], console: Console) -> int:
    """Run a command line under the settings that hold here; the exit code."""
    if os.environ.get(COMPLETING):
        return _complete(console)
    file = settings_file(arguments)
    console.lang = preferred(arguments, file.table.get("lang"))
    console.settings = [str(file.path)] if file.path is not None else []
    program = build(console.lang, console)
    program.file = file
    try:
        if settings.tidy_environment() or file.table:
            _check_settings(program, console)
        return int(program(arguments, prog_name="communitycheck", standalone_mode=False, obj=console) or 0)
    except typer.BadParameter as error:
        raise settings.refused(error) from None
    except UsageError as error:
        raise settings.naming_its_source(error, arguments, file) from None


def _complete(console: Console) -> int:
    """Answer the shell; a command line that is wrong so far has no words to go on with."""
    from communitycheck.cli import completion  # for the shell alone

    completion.prepare()
    try:
        build(console.lang, console)([], prog_name="communitycheck", standalone_mode=False, obj=console)
    except UsageError:
        return 1
    return 0


def _check_settings(program: Program, console: Console) -> None:
    """Take the settings over, all of them checked, whichever command is run."""
    check = program.get_command(None, "check")
    program.values = settings.checked(program.file, check)
    check = program.get_command(None, "check")
    settings.in_force(check, program.file)
    for name, near in settings.unknown_variables(settings.settable(check)):
        to_stderr(one_line(console.say("config-stranger", name=name, near=near)))
