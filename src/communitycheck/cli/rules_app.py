"""The ``rules`` group of commands and its options. A command whose module is not installed is not offered.

Annotations are evaluated here (no ``from __future__``): Typer reads the options from them, help in one language.
"""

from difflib import get_close_matches
from importlib.util import find_spec
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from communitycheck.errors import UsageError
from communitycheck.messages import Lang, say
from communitycheck.model.dictionary import ENTITIES
from communitycheck.model.standard import SEVERITIES


class NamedGroup(TyperGroup):
    """Names the nearest command where there is none of the name given."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        name, known = args[0], list(self.commands)
        if not name.startswith("-") and name not in self.commands:
            near = get_close_matches(name, known, n=1, cutoff=0.3)
            raise UsageError(
                "usage-no-such-command",
                name=f"{self.name} {name}",
                near=f"{self.name} {near[0]}" if near else "—",
                known=", ".join(known),
            )
        return super().resolve_command(ctx, args)


def rules_group(lang: Lang) -> typer.Typer:
    """The group with its help in ``lang``."""
    from communitycheck.cli.app import language

    def h(code: str) -> str:
        return say(f"help-{code}", lang)

    rules = typer.Typer(name="rules", help=h("rules"), rich_markup_mode=None, cls=NamedGroup, add_completion=False)
    lang_option = typer.Option("--lang", metavar="zh|en", help=h("lang"), show_default=False)
    format_option = typer.Option("--format", metavar="text|json", help=h("format"))
    rules_dir_option = typer.Option("--rules-dir", metavar="DIR", help=h("rules-dir"), show_default=False)
    standard_option = typer.Option("--standard", "-s", metavar="ID|FILE", help=h("rules-standard"), show_default=False)
    mapping_option = typer.Option("--mapping", metavar="FILE", help=h("mapping"), show_default=False)
    entities, severities = "|".join(ENTITIES), "|".join(SEVERITIES)

    @rules.callback(invoke_without_command=True)
    def group(context: typer.Context, lang_: Annotated[str | None, lang_option] = None) -> None:
        language(lang_, lang)
        if context.invoked_subcommand is None:
            typer.echo(context.get_help())

    @rules.command("list", help=h("rules-list"))
    def list_(
        standard: Annotated[list[str] | None, standard_option] = None,
        entity: Annotated[str | None, typer.Option(metavar=entities, help=h("entity"), show_default=False)] = None,
        severity: Annotated[
            str | None, typer.Option(metavar=severities, help=h("severity"), show_default=False)
        ] = None,
        rules_dir: Annotated[str | None, rules_dir_option] = None,
        format_: Annotated[str, format_option] = "text",
        lang_: Annotated[str | None, lang_option] = None,
    ) -> None:
        from communitycheck.cli.rules import run_rules_list

        raise typer.Exit(
            run_rules_list(
                standards=standard or [],
                entity=entity,
                severity=severity,
                rules_dir=rules_dir,
                format_=format_,
                lang=language(lang_, lang),
            )
        )

    @rules.command(help=h("rules-show"))
    def show(
        rule: Annotated[str, typer.Argument(metavar="ID", help=h("rule-id"), show_default=False)],
        standard: Annotated[list[str] | None, standard_option] = None,
        rules_dir: Annotated[str | None, rules_dir_option] = None,
        format_: Annotated[str, format_option] = "text",
        lang_: Annotated[str | None, lang_option] = None,
    ) -> None:
        from communitycheck.cli.rules import run_rules_show

        raise typer.Exit(
            run_rules_show(
                rule, standards=standard or [], rules_dir=rules_dir, format_=format_, lang=language(lang_, lang)
            )
        )

    @rules.command(help=h("rules-coverage"))
    def coverage(
        paths: Annotated[
            list[str] | None, typer.Argument(metavar="[RETURN]...", help=h("coverage-paths"), show_default=False)
        ] = None,
        standard: Annotated[list[str] | None, standard_option] = None,
        rules_dir: Annotated[str | None, rules_dir_option] = None,
        region: Annotated[str | None, typer.Option(metavar="CODE|NAME", help=h("region"), show_default=False)] = None,
        mapping: Annotated[str | None, mapping_option] = None,
        detailed: Annotated[bool, typer.Option("--detailed", help=h("detailed"))] = False,
        format_: Annotated[str, format_option] = "text",
        lang_: Annotated[str | None, lang_option] = None,
    ) -> None:
        from communitycheck.cli.rules import run_rules_coverage

        raise typer.Exit(
            run_rules_coverage(
                paths or [],
                standards=standard or [],
                rules_dir=rules_dir,
                region=region,
                mapping=mapping,
                detailed=detailed,
                format_=format_,
                lang=language(lang_, lang),
            )
        )

    @rules.command(help=h("rules-new"))
    def new(
        file: Annotated[str, typer.Argument(metavar="FILE", help=h("new-file"), show_default=False)],
        extends: Annotated[str | None, typer.Option(metavar="ID", help=h("extends"), show_default=False)] = None,
        rules_dir: Annotated[str | None, rules_dir_option] = None,
        format_: Annotated[str, format_option] = "text",
        lang_: Annotated[str | None, lang_option] = None,
    ) -> None:
        from communitycheck.cli.rules import run_rules_new

        raise typer.Exit(
            run_rules_new(file, extends=extends, rules_dir=rules_dir, format_=format_, lang=language(lang_, lang))
        )

    @rules.command(help=h("rules-docs"))
    def docs(
        output_dir: Annotated[str, typer.Option(metavar="DIR", help=h("docs-dir"))] = "docs",
        check: Annotated[bool, typer.Option("--check", help=h("docs-check"))] = False,
        rules_dir: Annotated[str | None, rules_dir_option] = None,
        format_: Annotated[str, format_option] = "text",
        lang_: Annotated[str | None, lang_option] = None,
    ) -> None:
        from communitycheck.cli.rules import run_rules_docs

        raise typer.Exit(
            run_rules_docs(
                output_dir=output_dir, check=check, rules_dir=rules_dir, format_=format_, lang=language(lang_, lang)
            )
        )

    if find_spec("communitycheck.cli.rules_import"):

        @rules.command("import", help=h("rules-import"))
        def import_(
            file: Annotated[str, typer.Argument(metavar="FILE", help=h("import-file"), show_default=False)],
            output: Annotated[
                str | None, typer.Option("--output", "-o", metavar="FILE", help=h("import-output"), show_default=False)
            ] = None,
            sheet: Annotated[
                list[str] | None, typer.Option(metavar="NAME", help=h("import-sheet"), show_default=False)
            ] = None,
            region: Annotated[
                str | None, typer.Option(metavar="CODE|NAME", help=h("import-region"), show_default=False)
            ] = None,
            force: Annotated[bool, typer.Option("--force", help=h("import-force"))] = False,
            format_: Annotated[str, format_option] = "text",
            lang_: Annotated[str | None, lang_option] = None,
        ) -> None:
            from communitycheck.cli.rules_import import run_rules_import

            raise typer.Exit(
                run_rules_import(
                    file,
                    output=output,
                    sheet=sheet,
                    format_=format_,
                    lang=language(lang_, lang),
                    force=force,
                    region=region,
                )
            )

    if find_spec("communitycheck.cli.rules_lint"):

        @rules.command(help=h("rules-lint"))
        def lint(
            files: Annotated[
                list[str] | None, typer.Argument(metavar="[FILE]...", help=h("rule-files"), show_default=False)
            ] = None,
            rules_dir: Annotated[str | None, rules_dir_option] = None,
            strict: Annotated[bool, typer.Option("--strict", help=h("lint-strict"))] = False,
            as_of: Annotated[str | None, typer.Option(metavar="DATE", help=h("as-of"), show_default=False)] = None,
            format_: Annotated[str, format_option] = "text",
            lang_: Annotated[str | None, lang_option] = None,
        ) -> None:
            from communitycheck.cli.rules_lint import run_rules_lint

            raise typer.Exit(
                run_rules_lint(
                    files or [],
                    rules_dir=rules_dir,
                    strict=strict,
                    format_=format_,
                    lang=language(lang_, lang),
                    as_of=as_of,
                )
            )

    if find_spec("communitycheck.cli.rules_test"):

        @rules.command(help=h("rules-test"))
        def test(
            files: Annotated[
                list[str] | None, typer.Argument(metavar="[FILE]...", help=h("case-files"), show_default=False)
            ] = None,
            rules_dir: Annotated[str | None, rules_dir_option] = None,
            format_: Annotated[str, format_option] = "text",
            lang_: Annotated[str | None, lang_option] = None,
        ) -> None:
            from communitycheck.cli.rules_test import run_rules_test

            raise typer.Exit(
                run_rules_test(files or [], rules_dir=rules_dir, format_=format_, lang=language(lang_, lang))
            )

    if find_spec("communitycheck.cli.rules_import"):

        @rules.command("import", help=h("rules-import"))
        def import_(
            file: Annotated[str, typer.Argument(metavar="FILE", help=h("import-file"), show_default=False)],
            output: Annotated[
                str | None,
                typer.Option("--output", "-o", metavar="FILE", help=h("import-output"), show_default=False),
            ] = None,
            sheet: Annotated[
                list[str] | None, typer.Option(metavar="NAME", help=h("import-sheet"), show_default=False)
            ] = None,
            region: Annotated[
                str | None, typer.Option(metavar="CODE|NAME", help=h("import-region"), show_default=False)
            ] = None,
            force: Annotated[bool, typer.Option("--force", help=h("import-force"))] = False,
            format_: Annotated[str, format_option] = "text",
            lang_: Annotated[str | None, lang_option] = None,
        ) -> None:
            from communitycheck.cli.rules_import import run_rules_import

            raise typer.Exit(
                run_rules_import(
                    file,
                    output=output,
                    sheet=sheet,
                    format_=format_,
                    lang=language(lang_, lang),
                    force=force,
                    region=region,
                )
            )

    return rules
