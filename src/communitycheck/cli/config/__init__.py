"""``communitycheck config``: what stands in for options that the command line does not give."""

from typing import ClassVar

from communitycheck.cli.parsing.group import CommandGroup, group


class ConfigCommands(CommandGroup):
    modules: ClassVar = {"show": "communitycheck.cli.config.show"}
    prefix = "config "


command = group("config", "help-config-group", ConfigCommands)
