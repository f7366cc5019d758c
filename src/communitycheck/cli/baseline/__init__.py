"""``communitycheck baseline``: the fails of one day, so that later runs stop only at what is new or worse."""

from typing import ClassVar

from communitycheck.cli.parsing.group import CommandGroup, group


class BaselineCommands(CommandGroup):
    modules: ClassVar = {
        "write": "communitycheck.cli.baseline.write",
        "update": "communitycheck.cli.baseline.update",
        "show": "communitycheck.cli.baseline.show",
    }
    prefix = "baseline "


command = group("baseline", "help-baseline", BaselineCommands)
