"""The ``config`` group: what stands in for options that the command line does not give.

Annotations are evaluated here (no ``from __future__``): Typer reads the options from them, help in one language.
"""

from typing import Annotated

import typer

from communitycheck.cli.rules_app import NamedGroup
from communitycheck.messages import Lang, say


def config_group(lang: Lang) -> typer.Typer:
    """The group with its help in ``lang``."""
    from communitycheck.cli.app import language

    def h(code: str) -> str:
        return say(f"help-{code}", lang)

    config = typer.Typer(name="config", help=h("config-group"), rich_markup_mode=None, cls=NamedGroup)
    lang_option = typer.Option("--lang", metavar="zh|en", help=h("lang"), show_default=False)

    @config.callback(invoke_without_command=True)
    def group(context: typer.Context, lang_: Annotated[str | None, lang_option] = None) -> None:
        language(lang_, lang)
        if context.invoked_subcommand is None:
            typer.echo(context.get_help())

    @config.command("show", help=h("config-show"))
    def show(
        context: typer.Context,
        format_: Annotated[str, typer.Option("--format", metavar="text|json", help=h("format"))] = "text",
        lang_: Annotated[str | None, lang_option] = None,
    ) -> None:
        from communitycheck.cli.config import run_config_show

        program = context.find_root()
        raise typer.Exit(
            run_config_show(
                program.command,
                file=program.params.get("config_file"),
                format_=format_,
                lang=language(lang_, lang),
            )
        )

    return config
