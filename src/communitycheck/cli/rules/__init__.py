"""``communitycheck rules``: the rule book."""

from typing import ClassVar

from communitycheck.cli.parsing.group import CommandGroup, group


class RulesCommands(CommandGroup):
    modules: ClassVar = {
        "list": "communitycheck.cli.rules.list_rules",
        "show": "communitycheck.cli.rules.show",
        "help": "communitycheck.cli.rules.help_words",
        "coverage": "communitycheck.cli.rules.coverage",
        "new": "communitycheck.cli.rules.new",
        "docs": "communitycheck.cli.rules.docs",
        "import": "communitycheck.cli.rules.import_formulas",
        "sql": "communitycheck.cli.rules.sql",
        "lint": "communitycheck.cli.rules.lint",
        "test": "communitycheck.cli.rules.run_cases",
    }
    prefix = "rules "


command = group("rules", "help-rules", RulesCommands)
