"""``communitycheck waivers``: files of waivers."""

from typing import ClassVar

from communitycheck.cli.parsing.group import CommandGroup, group


class WaiversCommands(CommandGroup):
    modules: ClassVar = {"lint": "communitycheck.cli.waivers.lint"}
    prefix = "waivers "


command = group("waivers", "help-waivers-group", WaiversCommands)
