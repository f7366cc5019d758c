"""The commands and their options. Each parses, calls, renders and exits; what it calls is imported when it runs.

Annotations are evaluated here (no ``from __future__``): Typer reads the options from them, help in one language.
"""

from collections.abc import Callable
from typing import Annotated, Any

import typer

from communitycheck import api
from communitycheck.messages import Lang, say
from communitycheck.version import __version__

COMMANDS = ("check", "inspect", "explain", "template", "rules", "config")


def build(lang: Lang, asked: str = "") -> Any:
    """The command-line program with its help in ``lang``: all commands, or ``check``, whose options the settings speak
    of, and the one that is asked for."""
    wanted = {"check", asked} if asked in COMMANDS else set(COMMANDS)

    def h(code: str) -> str:
        return say(f"help-{code}", lang)

    formats = api.formats()
    kinds, usual = api.bundle_kinds(by_region=True)
    output_help = say("help-output", lang, suffixes=formats.files_in_words(lang))
    bundle_help = say("help-bundle", lang, kinds=" ".join(kinds), usual=",".join(usual))

    def command(name: str) -> Callable[[Any], Any]:
        return app.command(name, help=h(name)) if name in wanted else lambda function: function

    app = typer.Typer(
        name="communitycheck",
        help=h("app"),
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    paths_argument = typer.Argument(metavar="PATH...", help=h("paths"), show_default=False)
    lang_option = typer.Option("--lang", metavar="zh|en", help=h("lang"), show_default=False)
    standard_option = typer.Option("--standard", "-s", metavar="ID|FILE", help=h("standard"), show_default=False)
    rules_dir_option = typer.Option("--rules-dir", metavar="DIR", help=h("rules-dir"), show_default=False)
    jobs_option = typer.Option("--jobs", "-j", metavar="N", help=h("jobs"), show_default=False)
    cache_option = typer.Option("--cache", metavar="DIR", help=h("cache"), show_default=False)
    quiet_option = typer.Option("--quiet", "-q", help=h("quiet"))
    log_option = typer.Option("--log-format", metavar="text|json", help=h("log-format"))
    mapping_option = typer.Option("--mapping", metavar="FILE", help=h("mapping"), show_default=False)

    region_option = typer.Option("--region", metavar="CODE|NAME", help=h("region"), show_default=False)
    as_of_option = typer.Option("--as-of", metavar="DATE", help=h("as-of"), show_default=False)

    @app.callback(invoke_without_command=True)
    def communitycheck(
        version: Annotated[bool, typer.Option("--version", help=h("version"), is_eager=True)] = False,
        config_file: Annotated[
            str | None, typer.Option("--config", metavar="FILE", help=h("config"), show_default=False)
        ] = None,
        lang_: Annotated[str | None, lang_option] = None,
    ) -> None:
        if version:
            typer.echo(f"communitycheck {__version__}")
            raise typer.Exit

    @command("check")
    def check(
        paths: Annotated[list[str], paths_argument],
        standard: Annotated[list[str] | None, standard_option] = None,
        rules_dir: Annotated[str | None, rules_dir_option] = None,
        region: Annotated[str | None, region_option] = None,
        as_of: Annotated[str | None, as_of_option] = None,
        select: Annotated[list[str] | None, typer.Option(metavar="RULE", help=h("select"), show_default=False)] = None,
        ignore: Annotated[list[str] | None, typer.Option(metavar="RULE", help=h("ignore"), show_default=False)] = None,
        mapping: Annotated[str | None, mapping_option] = None,
        output: Annotated[
            list[str] | None, typer.Option("--output", "-o", metavar="FILE", help=output_help, show_default=False)
        ] = None,
        mark_up: Annotated[
            str | None, typer.Option("--mark-up", metavar="DIR", help=h("mark-up"), show_default=False)
        ] = None,
        split_by: Annotated[
            str | None, typer.Option(metavar="province|city|county|street", help=h("split-by"), show_default=False)
        ] = None,
        output_dir: Annotated[str | None, typer.Option(metavar="DIR", help=h("output-dir"), show_default=False)] = None,
        bundle: Annotated[list[str] | None, typer.Option(metavar="KINDS", help=bundle_help, show_default=False)] = None,
        format_: Annotated[str, typer.Option("--format", metavar="|".join(formats.names), help=h("format"))] = "text",
        fail_on: Annotated[
            str, typer.Option(metavar="mandatory|expected|advisory|never", help=h("fail-on"))
        ] = "expected",
        strict: Annotated[bool, typer.Option("--strict", help=h("strict"))] = False,
        allow_incomplete: Annotated[bool, typer.Option("--allow-incomplete", help=h("allow-incomplete"))] = False,
        all_verdicts: Annotated[bool, typer.Option("--all-verdicts", help=h("all-verdicts"))] = False,
        quiet: Annotated[bool, quiet_option] = False,
        jobs: Annotated[int | None, jobs_option] = None,
        cache: Annotated[str | None, cache_option] = None,
        log_format: Annotated[str, log_option] = "text",
        lang_: Annotated[str | None, lang_option] = None,
    ) -> None:
        from communitycheck.cli.check import run_check

        raise typer.Exit(
            run_check(
                paths,
                standards=standard or [],
                rules_dir=rules_dir,
                region=region,
                as_of=as_of,
                select=select or [],
                ignore=ignore or [],
                mapping=mapping,
                outputs=output or [],
                mark_up=mark_up,
                split_by=split_by,
                output_dir=output_dir,
                bundle=bundle or [],
                format_=format_,
                fail_on=fail_on,
                strict=strict,
                allow_incomplete=allow_incomplete,
                all_verdicts=all_verdicts,
                quiet=quiet,
                jobs=jobs,
                cache=cache,
                log_format=log_format,
                lang=language(lang_, lang),
            )
        )

    @command("inspect")
    def inspect(
        paths: Annotated[list[str], paths_argument],
        standard: Annotated[list[str] | None, standard_option] = None,
        rules_dir: Annotated[str | None, rules_dir_option] = None,
        mapping: Annotated[str | None, mapping_option] = None,
        save_mapping: Annotated[
            str | None, typer.Option(metavar="FILE", help=h("save-mapping"), show_default=False)
        ] = None,
        format_: Annotated[str, typer.Option("--format", metavar="text|json", help=h("format"))] = "text",
        quiet: Annotated[bool, quiet_option] = False,
        jobs: Annotated[int | None, jobs_option] = None,
        cache: Annotated[str | None, cache_option] = None,
        log_format: Annotated[str, log_option] = "text",
        lang_: Annotated[str | None, lang_option] = None,
    ) -> None:
        from communitycheck.cli.inspect import run_inspect

        raise typer.Exit(
            run_inspect(
                paths,
                standards=standard or [],
                rules_dir=rules_dir,
                mapping=mapping,
                save_mapping=save_mapping,
                format_=format_,
                quiet=quiet,
                jobs=jobs,
                cache=cache,
                log_format=log_format,
                lang=language(lang_, lang),
            )
        )

    @command("explain")
    def explain(
        paths: Annotated[list[str], paths_argument],
        rule: Annotated[str | None, typer.Option(metavar="ID", help=h("explain-rule"), show_default=False)] = None,
        subject: Annotated[
            str | None, typer.Option(metavar="NAME", help=h("explain-subject"), show_default=False)
        ] = None,
        every: Annotated[bool, typer.Option("--all", help=h("explain-all"))] = False,
        standard: Annotated[list[str] | None, standard_option] = None,
        rules_dir: Annotated[str | None, rules_dir_option] = None,
        region: Annotated[str | None, region_option] = None,
        as_of: Annotated[str | None, as_of_option] = None,
        mapping: Annotated[str | None, mapping_option] = None,
        format_: Annotated[str, typer.Option("--format", metavar="text|json", help=h("format"))] = "text",
        lang_: Annotated[str | None, lang_option] = None,
    ) -> None:
        from communitycheck.cli.explain import run_explain

        raise typer.Exit(
            run_explain(
                paths,
                rule=rule,
                subject=subject,
                every=every,
                standards=standard or [],
                rules_dir=rules_dir,
                region=region,
                as_of=as_of,
                mapping=mapping,
                format_=format_,
                lang=language(lang_, lang),
            )
        )

    @command("template")
    def template(
        standard: Annotated[
            list[str] | None,
            typer.Option("--standard", "-s", metavar="ID|FILE", help=h("template-standard"), show_default=False),
        ] = None,
        rules_dir: Annotated[str | None, rules_dir_option] = None,
        output: Annotated[
            str | None, typer.Option("--output", "-o", metavar="FILE", help=h("template-output"), show_default=False)
        ] = None,
        force: Annotated[bool, typer.Option("--force", help=h("template-force"))] = False,
        lang_: Annotated[str | None, lang_option] = None,
    ) -> None:
        from communitycheck.cli.template import run_template

        raise typer.Exit(
            run_template(
                standards=standard or [], rules_dir=rules_dir, output=output, lang=language(lang_, lang), force=force
            )
        )

    if "rules" in wanted:
        from communitycheck.cli.rules_app import rules_group

        app.add_typer(rules_group(lang))
    if "config" in wanted:
        from communitycheck.cli.config_app import config_group

        app.add_typer(config_group(lang))
    from communitycheck.cli.help import translate

    program = typer.main.get_command(app)
    translate(program, lang)
    return program


def language(asked: str | None, default: Lang) -> Lang:
    """The ``--lang`` value, checked."""
    if asked is None:
        return default
    if asked == "zh":
        return "zh"
    if asked == "en":
        return "en"
    from communitycheck.cli.options import one_of

    return "zh" if one_of("--lang", asked, ("zh", "en")) == "zh" else "en"
