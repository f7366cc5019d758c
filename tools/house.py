"""Counts how well the house is kept: ``python tools/house.py [SRC] [--all]``.

``SRC`` is the folder that holds the package (``src`` by default, any checkout's will do). With ``--all`` everything
that was counted is listed with its place. Only the standard library is used, and nothing of the package is run.

What is counted:

- import circles: groups of neighbours in one folder, files or packages, that import one another however far round.
  An import counts wherever it stands: at the top of a file, inside a function, or under ``TYPE_CHECKING``.
- the fullest folder: the most Python files that one folder holds
- long functions: more than 60 lines, from ``def`` to the last line
- lazy own imports: of the package's own modules inside a function; and those that no comment gives a reason for
- ``Any``: uses of it, imports left out
- ``id(...)``: uses of an object's address, most often as a key
- classes that share a name with another
- private reach-ins: a ``_name`` of another module or class, imported or reached for by a dot
- lines: of all Python files
"""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

LONGEST_FUNCTION = 60
FULLEST_FOLDER = 20
# Underscored names that the standard library documents for anyone's use.
PUBLIC_ALL_THE_SAME = {"_exit", "_getframe", "_replace", "_asdict", "_fields", "_make", "_field_defaults"}


@dataclass(frozen=True)
class Import:
    """One module of the package imports another. ``lazy``: inside a function; ``reason``: a comment says why."""

    importer: str
    imported: str
    names: tuple[str, ...]
    line: int
    lazy: bool
    typing_only: bool
    reason: bool


@dataclass
class Module:
    """One file. ``is_package`` where it is the ``__init__.py`` of its folder."""

    name: str
    path: Path
    is_package: bool
    tree: ast.Module
    lines: list[str]
    imports: list[Import] = field(default_factory=list)

    def at(self, line: int) -> str:
        return f"{self.path}:{line}"


@dataclass
class House:
    """The package at ``src``, parsed."""

    src: Path
    modules: dict[str, Module]

    @classmethod
    def read(cls, src: Path) -> House:
        modules: dict[str, Module] = {}
        for path in sorted(src.rglob("*.py")):
            parts = path.relative_to(src).with_suffix("").parts
            is_package = parts[-1] == "__init__"
            name = ".".join(parts[:-1] if is_package else parts)
            text = path.read_text(encoding="utf-8")
            modules[name] = Module(name, path, is_package, ast.parse(text, str(path)), text.splitlines())
        for module in modules.values():
            module.imports = list(_imports(module, modules))
        return cls(src, modules)

    def imports(self) -> Iterator[Import]:
        for module in self.modules.values():
            yield from module.imports

    def circles(self) -> list[list[str]]:
        """Groups of neighbours that import one another, by their full names."""
        neighbours: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for one in self.imports():
            if pair := self._neighbours(one.importer, one.imported):
                folder, here, there = pair
                neighbours[folder][here].add(there)
        found = []
        for folder in sorted(neighbours):
            found += [sorted(f"{folder}.{name}" for name in group) for group in _circles(neighbours[folder])]
        return found

    def _neighbours(self, importer: str, imported: str) -> tuple[str, str, str] | None:
        """The folder in which the ways of two modules part, and through which of its entries each goes on."""
        here, there = (self._steps(name) for name in (importer, imported))
        for k, (a, b) in enumerate(zip(here, there, strict=False)):
            if a != b:
                return ".".join(here[:k]), a, b
        return None

    def _steps(self, name: str) -> list[str]:
        return [*name.split("."), *(["__init__"] if self.modules[name].is_package else [])]

    def links(self, circle: Iterable[str]) -> list[Import]:
        """The imports that hold a circle together."""
        inside = set(circle)
        found = []
        for one in self.imports():
            pair = self._neighbours(one.importer, one.imported)
            if pair and {f"{pair[0]}.{pair[1]}", f"{pair[0]}.{pair[2]}"} <= inside:
                found.append(one)
        return found

    def folders(self) -> dict[Path, int]:
        """How many Python files each folder holds."""
        found: dict[Path, int] = defaultdict(int)
        for module in self.modules.values():
            found[module.path.parent] += 1
        return dict(found)

    def long_functions(self, longest: int = LONGEST_FUNCTION) -> list[tuple[str, str, int]]:
        """Place, name and lines of each function that is longer."""
        found = []
        for module in self.modules.values():
            for node in ast.walk(module.tree):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    lines = (node.end_lineno or node.lineno) - node.lineno + 1
                    if lines > longest:
                        found.append((module.at(node.lineno), node.name, lines))
        return found

    def lazy_imports(self) -> list[Import]:
        return [one for one in self.imports() if one.lazy]

    def uses_of_any(self) -> list[str]:
        return [
            module.at(node.lineno)
            for module in self.modules.values()
            for node in ast.walk(module.tree)
            if isinstance(node, ast.Name) and node.id == "Any"
        ]

    def uses_of_id(self) -> list[str]:
        found = []
        for module in self.modules.values():
            for node in ast.walk(module.tree):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "id":
                    found.append(module.at(node.lineno))
        return found

    def shared_class_names(self) -> dict[str, list[str]]:
        """Name -> the places of the classes that bear it, where there are several."""
        places: dict[str, list[str]] = defaultdict(list)
        for module in self.modules.values():
            for node in ast.walk(module.tree):
                if isinstance(node, ast.ClassDef):
                    places[node.name].append(module.at(node.lineno))
        return {name: found for name, found in sorted(places.items()) if len(found) > 1}

    def reach_ins(self) -> list[tuple[str, str]]:
        """Place and name of each private name of another module that is imported or reached for."""
        found = []
        for module in self.modules.values():
            own = _private_names(module.tree)
            for one in module.imports:
                found += [(module.at(one.line), name) for name in one.names if _is_private(name)]
            for node in ast.walk(module.tree):
                if isinstance(node, ast.Attribute) and _is_private(node.attr) and node.attr not in own:
                    found.append((module.at(node.lineno), node.attr))
        return found

    def lines(self) -> int:
        return sum(len(module.lines) for module in self.modules.values())


def _imports(module: Module, modules: Mapping[str, Module]) -> Iterator[Import]:
    """The package's own modules that ``module`` imports, ``import_module("...")`` among them."""
    for node, lazy, typing_only in _walk(module.tree):
        wanted: list[tuple[str, str]] = []
        if isinstance(node, ast.Import):
            wanted = [(alias.name, "") for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = _base(module, node)
            wanted = [(f"{base}.{a.name}", "") if f"{base}.{a.name}" in modules else (base, a.name) for a in node.names]
        elif isinstance(node, ast.Call) and _called(node) == "import_module" and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                wanted = [(first.value, "")]
        by_module: dict[str, list[str]] = defaultdict(list)
        for target, name in wanted:
            if target in modules and target != module.name:
                by_module[target] += [name] if name else []
        for target, names in by_module.items():
            reason = _has_reason(module, node)
            yield Import(module.name, target, tuple(names), node.lineno, lazy, typing_only, reason)


def _walk(tree: ast.Module) -> Iterator[tuple[ast.stmt | ast.expr, bool, bool]]:
    """Every import and call, and whether it stands in a function or under ``TYPE_CHECKING``."""
    waiting: list[tuple[ast.AST, bool, bool]] = [(tree, False, False)]
    while waiting:
        node, lazy, typing_only = waiting.pop()
        if isinstance(node, ast.Import | ast.ImportFrom | ast.Call):
            yield node, lazy, typing_only
        lazy = lazy or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        typing_only = typing_only or (isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test))
        waiting += [(child, lazy, typing_only) for child in ast.iter_child_nodes(node)]


def _base(module: Module, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    steps = module.name.split(".")
    above = steps[: len(steps) - node.level + (1 if module.is_package else 0)]
    return ".".join([*above, *([node.module] if node.module else [])])


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def _has_reason(module: Module, node: ast.stmt | ast.expr) -> bool:
    """A comment on the line itself or above the run of imports that it belongs to."""
    for line in range(node.lineno, (node.end_lineno or node.lineno) + 1):
        if "#" in module.lines[line - 1]:
            return True
    line = node.lineno - 1
    while line > 0:
        text = module.lines[line - 1].strip()
        if text.startswith("#"):
            return True
        if not text.startswith(("from ", "import ", ")")) and not text.endswith(","):
            return False
        line -= 1
    return False


def _circles(graph: Mapping[str, set[str]]) -> list[list[str]]:
    """Groups of at least two nodes each of which reaches the others (Tarjan's strongly connected components)."""
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(node: str) -> None:
        number[node] = lowest[node] = len(number)
        stack.append(node)
        for other in sorted(graph.get(node, ())):
            if other not in number:
                visit(other)
                lowest[node] = min(lowest[node], lowest[other])
            elif other in stack:
                lowest[node] = min(lowest[node], number[other])
        if lowest[node] == number[node]:
            start = stack.index(node)
            group = stack[start:]
            del stack[start:]
            if len(group) > 1:
                found.append(group)

    for node in sorted(graph):
        if node not in number:
            visit(node)
    return found


def _is_private(name: str) -> bool:
    return name.startswith("_") and not name.endswith("__") and name != "_" and name not in PUBLIC_ALL_THE_SAME


def _private_names(tree: ast.Module) -> set[str]:
    """The private names that a file makes itself: functions, classes, variables, attributes and slots."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            if isinstance(node.value, ast.Name) and node.value.id in ("self", "cls"):
                found.add(node.attr)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.add(node.value)  # in __slots__
    return {name for name in found if _is_private(name)}


def counts(house: House) -> dict[str, int]:
    lazy = house.lazy_imports()
    return {
        "import circles": len(house.circles()),
        "files in the fullest folder": max(house.folders().values()),
        f"functions over {LONGEST_FUNCTION} lines": len(house.long_functions()),
        "lazy own imports": len(lazy),
        "  of these, no reason given": sum(not one.reason for one in lazy),
        "uses of Any": len(house.uses_of_any()),
        "uses of id(...)": len(house.uses_of_id()),
        "class names that clash": len(house.shared_class_names()),
        "private reach-ins": len(house.reach_ins()),
        "lines": house.lines(),
    }


def details(house: House) -> Iterator[str]:
    """Everything that was counted, with its place."""
    for circle in house.circles():
        yield f"\ncircle: {', '.join(circle)}"
        for one in house.links(circle):
            kind = " (lazy)" if one.lazy else " (typing only)" if one.typing_only else ""
            yield f"  {one.importer}:{one.line} imports {one.imported}{kind}"
    yield "\nfull folders"
    yield from (f"  {n:4} {folder}" for folder, n in house.folders().items() if n >= FULLEST_FOLDER)
    yield "\nlong functions"
    yield from (f"  {n:4} {place} {name}" for place, name, n in house.long_functions())
    yield "\nlazy own imports"
    for one in house.lazy_imports():
        yield f"  {house.modules[one.importer].at(one.line)} {one.imported}{'' if one.reason else '   no reason'}"
    yield "\nAny"
    yield from (f"  {place}" for place in house.uses_of_any())
    yield "\nid(...)"
    yield from (f"  {place}" for place in house.uses_of_id())
    yield "\nclass names that clash"
    yield from (f"  {name}: {', '.join(places)}" for name, places in house.shared_class_names().items())
    yield "\nprivate reach-ins"
    yield from (f"  {place} {name}" for place, name in house.reach_ins())


def main(arguments: list[str]) -> None:
    folders = [a for a in arguments if not a.startswith("-")]
    house = House.read(Path(folders[0]) if folders else Path(__file__).parents[1] / "src")
    for what, n in counts(house).items():
        print(f"{n:7,}  {what}")
    if "--all" in arguments:
        print("\n".join(details(house)))


if __name__ == "__main__":
    main(sys.argv[1:])
