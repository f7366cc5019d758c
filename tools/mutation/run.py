"""Mutation test of ``checking/`` and ``standards/``: ``python tools/mutation/run.py --sample 200 --seed 1``.

Each mutant is one small fault put into one line (``<`` for ``<=``, ``or`` for ``and``, a number off by one, a loop that
never runs). It is killed when a test fails, runs out of processor time or crashes; one that no test notices survives.
cosmic-ray makes the mutants; here they are drawn by a seed, and each is put before those tests of ``SUITE`` that run
its line, the quickest first, for a budget of processor time: what survives might not survive all tests, what is killed
is. ``survivors.yaml`` beside this file says why a survivor is no gap in the tests.

Mutants come in the order of the draw, so a run that is stopped (or a smaller ``--sample``) is a fair draw as well.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from difflib import unified_diff
from itertools import accumulate, zip_longest
from pathlib import Path
from types import CodeType
from typing import Any

ROOT = Path(__file__).parents[2]
SCOPE = ("checking", "standards")
SUITE = ("tests/checking", "tests/check", "tests/standards", "tests/products/explain", "tests/products/importing")
CPU_SECONDS = 150
ANEW = 71  # a fault that cannot be put in place

_SWAPS = (
    *("Add_Sub", "Sub_Add", "Mul_Div", "Div_Mul", "FloorDiv_Mul", "Mod_Mul", "Pow_Mul"),
    *("BitAnd_BitOr", "BitOr_BitAnd", "BitXor_BitAnd"),
)
_COMPARISONS = (
    *("Lt_LtE", "Lt_GtE", "LtE_Lt", "LtE_Gt", "Gt_GtE", "Gt_LtE", "GtE_Gt", "GtE_Lt"),
    *("Eq_NotEq", "NotEq_Eq", "Is_IsNot", "IsNot_Is"),
)
# One or two sharp faults for each place: swapping `+` for `>>` as well would only add mutants that any test kills.
OPERATORS = [
    *(f"ReplaceBinaryOperator_{swap}" for swap in _SWAPS),
    *(f"ReplaceComparisonOperator_{swap}" for swap in _COMPARISONS),
    *(f"ReplaceUnaryOperator_Delete_{sign}" for sign in ("USub", "Invert", "Not")),
    *("AddNot", "ReplaceTrueWithFalse", "ReplaceFalseWithTrue", "ReplaceAndWithOr", "ReplaceOrWithAnd"),
    *("ReplaceBreakWithContinue", "ReplaceContinueWithBreak", "ExceptionReplacer", "NumberReplacer"),
    "ZeroIterationForLoop",
]


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault: the module below ``src/communitycheck``, the operator, its occurrence there, and its statement."""

    module: str
    operator: str
    occurrence: int
    line: int
    lines: tuple[int, ...]

    @property
    def name(self) -> str:
        return f"{self.module}:{self.operator}:{self.occurrence}"


def modules() -> list[Path]:
    package = ROOT / "src" / "communitycheck"
    return [file for room in SCOPE for file in sorted((package / room).rglob("*.py"))]


def mutants_of(file: Path) -> Iterator[Mutant]:
    """All faults of one module; those that only annotations would show are no faults."""
    from cosmic_ray.ast import ast_nodes, get_ast
    from cosmic_ray.plugins import get_operator

    source = file.read_text(encoding="utf-8")
    lines, module = source.split("\n"), file.relative_to(ROOT / "src" / "communitycheck").as_posix()
    idle = set(_annotated(source))
    statements = _statements(source)
    tree = get_ast(source)
    for name in OPERATORS:
        operator = get_operator(f"core/{name}")()
        positions = [p for node in ast_nodes(tree) for p in operator.mutation_positions(node)]
        for occurrence, ((line, column), _) in enumerate(positions):
            if (line, column) not in idle and "TYPE_CHECKING" not in lines[line - 1]:
                yield Mutant(module, name, occurrence, line, statements.get(line, (line,)))


def _statements(source: str) -> dict[int, tuple[int, ...]]:
    """For each line those of the innermost statement it belongs to; of a compound one only its head."""
    found: dict[int, tuple[int, ...]] = {}
    for node in ast.walk(ast.parse(source)):  # outer ones come first
        if isinstance(node, ast.stmt):
            body = getattr(node, "body", None)
            last = body[0].lineno - 1 if isinstance(body, list) and body else node.end_lineno or node.lineno
            span = tuple(range(node.lineno, max(last, node.lineno) + 1))
            found |= dict.fromkeys(span, span)
    return found


def _annotated(source: str) -> Iterator[tuple[int, int]]:
    """Every place inside an annotation: none of them is ever evaluated."""
    for node in ast.walk(ast.parse(source)):
        for part in (getattr(node, "annotation", None), getattr(node, "returns", None)):
            if isinstance(part, ast.expr):
                for line in range(part.lineno, (part.end_lineno or part.lineno) + 1):
                    end = part.end_col_offset or 0 if line == part.end_lineno else 200
                    start = part.col_offset if line == part.lineno else 0
                    yield from ((line, column) for column in range(start, end + 1))


def mutated(mutant: Mutant, tree: Path = ROOT) -> tuple[str, str]:
    """The module's source, and the same with the fault."""
    from cosmic_ray.mutating import mutate_code
    from cosmic_ray.plugins import get_operator

    source = (tree / "src" / "communitycheck" / mutant.module).read_text(encoding="utf-8")
    return source, mutate_code(source, get_operator(f"core/{mutant.operator}")(), mutant.occurrence)


class Watch:
    """A pytest plugin: the processor time of each test and the lines it ran."""

    def __init__(self, cover: Any) -> None:
        self.cover, self.seconds = cover, dict[str, float]()

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self.cover.switch_context(nodeid)
        self.seconds[nodeid] = -time.process_time()

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        self.seconds[nodeid] += time.process_time()


@dataclass
class Baseline:
    """What each test of the suite costs, and which tests run which line (``module`` -> line -> tests)."""

    seconds: dict[str, float]
    lines: dict[str, dict[int, list[str]]]

    def tests_for(self, mutant: Mutant) -> list[str]:
        """The tests that run the mutant's statement, quickest first; those of its module where only the import does.

        After them come the others of their files: what one test has run for all of a file, another may look at.
        """
        known = self.lines.get(mutant.module, {})
        near = {test for line in mutant.lines for test in known.get(line, ()) if test in self.seconds}
        near = near or {test for tests in known.values() for test in tests if test in self.seconds}
        files = {test.partition("::")[0] for test in near}
        mates = {test for test in self.seconds if test.partition("::")[0] in files} - near
        return [test for group in (near, mates) for test in sorted(group, key=lambda t: (self.seconds[t], t))]

    def within(self, order: list[str], budget: float) -> list[str]:
        """The first of ``order`` that fit into the budget; all where it is 0."""
        spent = accumulate(self.seconds[test] for test in order)
        return [test for test, so_far in zip(order, spent, strict=True) if not budget or so_far <= budget]


def in_child(work: Callable[[], int], log: Path) -> int:
    """Run ``work`` in a forked process; its exit code, or minus the signal that ended it."""
    pid = os.fork()
    if pid == 0:
        code = 70
        with contextlib.suppress(BaseException):
            with log.open("wb") as sink:
                os.dup2(sink.fileno(), 1)
                os.dup2(sink.fileno(), 2)
            resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 5))
            code = work()
            sys.stdout.flush()
        os._exit(int(code))
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def pytest_run(tree: Path, *plugins: Any) -> int:
    """The suite inside ``tree``, in this process."""
    import pytest
    from hypothesis import settings

    # A busy machine must not pass for a test that noticed something.
    settings.register_profile("mutation", deadline=None, database=None, derandomize=True)
    settings.load_profile("mutation")
    os.chdir(tree)
    os.environ["PYTHONPATH"] = str(tree / "src")
    sys.path.insert(0, str(tree / "src"))
    sys.dont_write_bytecode = True
    quiet = ["-q", "-x", "--tb=line", "-p", "no:cacheprovider", "-p", "no:cov"]
    return int(pytest.main([*quiet, *SUITE], plugins=plugins))


def baseline(tree: Path, keep: Path) -> Baseline:
    """Run the suite once without a fault; what ``keep`` holds of an earlier run is taken as it is."""
    import coverage

    data, times, log = keep / "lines.db", keep / "seconds.json", tree / "log"

    def work() -> int:
        # Not by the project's own settings, which measure processes apart, each into a file of its own.
        cover = coverage.Coverage(str(data), config_file=False, source=[str(tree / "src" / "communitycheck")])
        watch = Watch(cover)
        cover.start()
        code = pytest_run(tree, watch)
        cover.stop()
        cover.save()
        if code == 0:
            times.write_text(json.dumps(watch.seconds), encoding="utf-8")
        return code

    if not times.exists():
        keep.mkdir(parents=True, exist_ok=True)
        in_child(work, log)
    if not times.exists():
        raise SystemExit(f"the suite fails without any mutant:\n{log.read_text(errors='replace')[-3000:]}")
    found = coverage.CoverageData(str(data))
    found.read()
    lines = {}
    for name in found.measured_files():
        at = found.contexts_by_lineno(name)
        module = Path(name).as_posix().rpartition("/src/communitycheck/")[2]
        lines[module] = {n: [c for c in who if c] for n, who in at.items()}
    if not any(lines.get(f"{room}/__init__.py") for room in SCOPE):
        raise SystemExit(f"the run without a mutant tells no line that it ran; remove {keep} and try again")
    return Baseline(json.loads(times.read_text(encoding="utf-8")), lines)


class Court:
    """A pytest plugin: everything is collected once, then each mutant gets a process of its own, forked from there.

    A fault inside a function is put into its code in place. One that shows while a module is imported gets a process
    that imports and collects anew.
    """

    def __init__(self, mutants: Sequence[Mutant], base: Baseline, tree: Path, results: Path, budget: float) -> None:
        self.mutants, self.base, self.tree, self.results, self.budget = mutants, base, tree, results, budget

    def pytest_runtestloop(self, session: Any) -> bool:
        import gc
        from importlib import import_module
        from types import FunctionType

        for module in {mutant.module for mutant in self.mutants}:  # some are imported only when they are needed
            import_module(f"communitycheck.{module.removesuffix('.py').removesuffix('/__init__').replace('/', '.')}")
        self.functions = defaultdict(list)
        for one in gc.get_objects():
            if isinstance(one, FunctionType):
                self.functions[one.__code__.co_filename, one.__code__.co_qualname].append(one)
        self.tests = {item.nodeid: item for item in session.items}
        for mutant in self.mutants:
            line = json.dumps(self.judge(mutant, session), ensure_ascii=False)
            with self.results.open("a", encoding="utf-8") as sink:
                sink.write(line + "\n")
        return True

    def judge(self, mutant: Mutant, session: Any) -> dict[str, Any]:
        start, log = time.monotonic(), self.tree / "log"
        source, faulty = mutated(mutant, self.tree)
        file = self.tree / "src" / "communitycheck" / mutant.module
        order = self.base.tests_for(mutant)

        def in_place() -> int:
            changed = self.changed(str(file), source, faulty)
            if not changed:
                return ANEW
            for function, code in changed:
                function.__code__ = code
            items = [self.tests[test] for test in order]
            for item, following in zip_longest(items, items[1:]):
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
                if session.testsfailed:
                    return 1
                if 0 < self.budget < time.process_time():
                    break
            return 0

        code = in_child(in_place, log)
        how = "in place"
        if code == ANEW:
            how = "anew"
            file.write_text(faulty, encoding="utf-8")
            some = self.base.within(order, self.budget)
            with log.open("wb") as sink:
                command = [sys.executable, __file__, "--one", str(self.tree), *some]
                code = subprocess.run(command, stdout=sink, stderr=subprocess.STDOUT, check=False).returncode
            file.write_text(source, encoding="utf-8")
        outcome = {0: "survived", -24: "out of time", -9: "out of time"}.get(code, "killed")
        diff = "\n".join(list(unified_diff(source.split("\n"), faulty.split("\n"), lineterm="", n=0))[2:])
        seconds = round(time.monotonic() - start, 1)
        return {
            **asdict(mutant), "outcome": outcome, "how": how, "tests": len(order), "diff": diff, "seconds": seconds,
        }  # fmt: skip

    def changed(self, name: str, source: str, faulty: str) -> list[tuple[Any, CodeType]]:
        """Functions whose code the fault changes; none where it also changes what a module does on import."""
        before, after = (dict(_codes(compile(text, name, "exec"))) for text in (source, faulty))
        if before.keys() != after.keys():
            return []
        pairs = []
        for key, code in after.items():
            if _bare(code) != _bare(before[key]):
                outer = key[0].partition(".<locals>")[0]  # a comprehension lies in the code of its function
                found = self.functions.get((name, outer), [])
                if not found:
                    return []
                pairs += [
                    (f, whole)
                    for (place, _), whole in after.items()
                    for f in found
                    if place == outer and f.__code__.co_firstlineno == whole.co_firstlineno
                ]
        return pairs


def _codes(code: CodeType) -> Iterator[tuple[tuple[str, int], CodeType]]:
    """All code of a module by its qualified name and place."""
    for place, const in enumerate(code.co_consts):
        if isinstance(const, CodeType):
            yield (const.co_qualname, const.co_firstlineno * 1000 + place), const
            yield from _codes(const)
    yield ("", 0), code


def _bare(code: CodeType) -> tuple[Any, ...]:
    """What the code itself does, the code inside it left out."""
    consts = tuple((type(c), c) for c in code.co_consts if not isinstance(c, CodeType))
    return code.co_code, repr(consts), code.co_names, code.co_varnames


def copy_of_the_tree(folder: Path) -> Path:
    tree = folder / "tree"
    tree.mkdir(parents=True)
    for name in ("src", "tests", "rules", "sample_data", "pyproject.toml", "README.md", "docs"):
        source = ROOT / name
        leave = shutil.ignore_patterns("__pycache__", ".hypothesis", "mutation")
        shutil.copytree(source, tree / name, ignore=leave) if source.is_dir() else shutil.copy(source, tree / name)
    return tree


def drawn(sample: int, seed: int) -> tuple[list[Mutant], int]:
    """``sample`` of all mutants in the order of the draw, and how many there are in all."""
    every = [mutant for file in modules() for mutant in mutants_of(file)]
    order = random.Random(seed).sample(every, len(every))
    return order[:sample], len(every)


def explained() -> dict[str, str]:
    """Survivors that are known to be no gap in the tests, by the faulty line, and why."""
    import yaml

    file = Path(__file__).parent / "survivors.yaml"
    entries = yaml.safe_load(file.read_text(encoding="utf-8")) if file.exists() else []
    return {entry["diff"].strip(): entry["why"] for entry in entries}


def main() -> int:
    parser = argparse.ArgumentParser(description="Faults put into checking/ and standards/: do the tests notice?")
    parser.add_argument("--sample", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--only", nargs="*", default=[], help="names of mutants (module:operator:occurrence)")
    parser.add_argument("--baseline", type=Path, help="a folder that keeps the times and lines of the tests")
    parser.add_argument("--results", type=Path, help="a line of JSON for each; what it has is kept")
    parser.add_argument("--budget", type=float, default=12, help="seconds of tests for each mutant; 0 for all tests")
    parser.add_argument("--one", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 5))
        return pytest_run(Path(options.one[0]), Chosen(options.one[1:]))
    sample, total = drawn(options.sample, options.seed)
    if options.only:
        every = {mutant.name: mutant for mutant in drawn(total, options.seed)[0]}
        sample = [every[name] for name in options.only]
    with tempfile.TemporaryDirectory(prefix="mutation-") as folder:
        results = (options.results or Path(folder) / "results").resolve()
        results.touch()
        done = {(r["module"], r["operator"], r["occurrence"]) for r in _lines(results)}
        left = [m for m in sample if (m.module, m.operator, m.occurrence) not in done]
        trees = [copy_of_the_tree(Path(folder) / str(k)) for k in range(options.workers)]
        base = baseline(trees[0], options.baseline or Path(folder) / "baseline")
        print(f"{len(base.seconds)} tests, {sum(base.seconds.values()):.0f} s", file=sys.stderr, flush=True)
        courts = [
            Court(left[k :: options.workers], base, tree, results, options.budget) for k, tree in enumerate(trees)
        ]
        with ThreadPoolExecutor(options.workers) as pool:
            list(pool.map(lambda court: in_child(lambda: pytest_run(court.tree, court), court.tree / "court"), courts))
        found = _lines(results)
    return summed_up(found, len(sample), total, options.seed)


def _lines(results: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in results.read_text(encoding="utf-8").splitlines()]


def summed_up(found: list[dict[str, Any]], asked: int, total: int, seed: int) -> int:
    known = explained()
    alive = [r for r in found if r["outcome"] == "survived"]
    for r in sorted(alive, key=lambda r: (r["module"], r["line"])):
        print(f"{r['module']}:{r['operator']}:{r['occurrence']}  {known.get(r['diff'].strip(), 'NOT EXPLAINED')}")
        print(r["diff"])
    fair = sum(r["diff"].strip() in known for r in alive)
    killed = len(found) - len(alive)
    print(
        f"{len(found)} of {total} mutants (seed {seed}, {asked} asked for): {killed} killed, {len(alive)} survived, "
        f"{fair} of them explained; {killed / max(1, len(found)):.1%}"
    )
    return 1 if len(alive) > fair or len(found) < asked else 0


class Chosen:
    """A pytest plugin: only these tests, in this order; all where none is named."""

    def __init__(self, order: list[str]) -> None:
        self.order = {node: place for place, node in enumerate(order)}

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        if self.order:  # else all
            items[:] = sorted((i for i in items if i.nodeid in self.order), key=lambda i: self.order[i.nodeid])


if __name__ == "__main__":
    sys.exit(main())
