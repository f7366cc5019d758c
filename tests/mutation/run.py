"""Mutation test of ``checking/`` and ``standards/``: ``python tests/mutation/run.py --sample 200 --seed 1``.

Each mutant is one small fault put into one line (``<`` for ``<=``, ``or`` for ``and``, a number off by one, a loop that
never runs). It is killed when a test fails, runs out of processor time or crashes; one that no test notices survives.
cosmic-ray makes the mutants; here they are drawn by a seed, and each is put before the tests that run its line, the
quickest first, then before all others of ``SUITE``. ``mutants.yaml`` beside this file says what is known of survivors.

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
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from difflib import unified_diff
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
SCOPE = ("checking", "standards")
SUITE = ("tests/checking", "tests/check", "tests/standards")
# Imported once, before the first fork: each mutant then pays for the project's own modules alone.
HEAVY = (
    *("numpy", "pandas", "pyarrow", "pyarrow.compute", "pydantic", "yaml", "pytest", "hypothesis", "syrupy"),
    *("openpyxl", "fastexcel", "python_calamine", "jsonschema", "typer", "rich", "jinja2"),
)
CPU_SECONDS = 150

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
    """One fault: the module below ``src/communitycheck``, the operator, its occurrence there, and its first line."""

    module: str
    operator: str
    occurrence: int
    line: int

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
    tree = get_ast(source)
    for name in OPERATORS:
        operator = get_operator(f"core/{name}")()
        positions = [p for node in ast_nodes(tree) for p in operator.mutation_positions(node)]
        for occurrence, ((line, column), _) in enumerate(positions):
            if (line, column) not in idle and "TYPE_CHECKING" not in lines[line - 1]:
                yield Mutant(module, name, occurrence, line)


def _annotated(source: str) -> Iterator[tuple[int, int]]:
    """Every place inside an annotation: none of them is ever evaluated."""
    for node in ast.walk(ast.parse(source)):
        for part in (getattr(node, "annotation", None), getattr(node, "returns", None)):
            if isinstance(part, ast.expr):
                for line in range(part.lineno, (part.end_lineno or part.lineno) + 1):
                    end = part.end_col_offset or 0 if line == part.end_lineno else 200
                    start = part.col_offset if line == part.lineno else 0
                    yield from ((line, column) for column in range(start, end + 1))


def mutated(mutant: Mutant) -> tuple[str, str]:
    """The module's source, and the same with the fault."""
    from cosmic_ray.mutating import mutate_code
    from cosmic_ray.plugins import get_operator

    source = (ROOT / "src" / "communitycheck" / mutant.module).read_text(encoding="utf-8")
    return source, mutate_code(source, get_operator(f"core/{mutant.operator}")(), mutant.occurrence)


class Chosen:
    """A pytest plugin: only these tests, in this order."""

    def __init__(self, order: list[str]) -> None:
        self.order = {node: place for place, node in enumerate(order)}

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        items[:] = sorted((i for i in items if i.nodeid in self.order), key=lambda i: self.order[i.nodeid])


class Watch:
    """A pytest plugin: how long each test took and which lines it ran."""

    def __init__(self, cover: Any) -> None:
        self.cover, self.seconds = cover, dict[str, float]()

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self.cover.switch_context(nodeid)

    def pytest_runtest_logreport(self, report: Any) -> None:
        self.seconds[report.nodeid] = self.seconds.get(report.nodeid, 0.0) + report.duration


def in_child(tree: Path, work: Any, log: Path) -> int:
    """Run ``work`` in a forked process inside ``tree``; its exit code, or minus the signal that ended it."""
    pid = os.fork()
    if pid == 0:
        code = 70
        with contextlib.suppress(BaseException):
            with log.open("wb") as sink:
                os.dup2(sink.fileno(), 1)
                os.dup2(sink.fileno(), 2)
            os.chdir(tree)
            os.environ["PYTHONPATH"] = str(tree / "src")
            sys.path.insert(0, str(tree / "src"))
            sys.dont_write_bytecode = True
            resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 5))
            code = work()
        sys.stdout.flush()
        os._exit(int(code))
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def pytest_run(arguments: list[str], *plugins: Any) -> int:
    import pytest

    plain = ["-q", "--tb=line", "-p", "no:cacheprovider", "-p", "no:cov", "-p", "no:randomly"]
    return int(pytest.main([*plain, *arguments], plugins=list(plugins)))


@dataclass
class Baseline:
    """What each test of the suite costs, and which tests run which line (``module`` -> line -> tests)."""

    seconds: dict[str, float]
    lines: dict[str, dict[int, list[str]]]

    def order_for(self, mutant: Mutant) -> tuple[list[str], list[str]]:
        """The tests that run the mutant's line, and all others; the quickest first."""
        at = self.lines.get(mutant.module, {}).get(mutant.line, [])
        near = sorted((t for t in at if t in self.seconds), key=self.seconds.__getitem__)
        rest = sorted(set(self.seconds) - set(near), key=self.seconds.__getitem__)
        return near, rest


def baseline(tree: Path, keep: Path) -> Baseline:
    """Run the suite once without a fault; what ``keep`` holds of an earlier run is taken as it is."""
    data, times = keep / "lines.db", keep / "seconds.json"

    def work() -> int:
        import coverage

        cover = coverage.Coverage(data_file=str(data), source=[str(tree / "src" / "communitycheck")])
        watch = Watch(cover)
        cover.start()
        code = pytest_run([*SUITE], watch)
        cover.stop()
        cover.save()
        times.write_text(json.dumps(watch.seconds), encoding="utf-8")
        return code

    code = 0 if times.exists() else in_child(tree, work, tree / "log")
    if code:
        times.unlink(missing_ok=True)
        raise SystemExit(f"the suite fails without any mutant:\n{(tree / 'log').read_text()[-3000:]}")
    import coverage

    found = coverage.CoverageData(str(data))
    found.read()
    lines = {}
    for name in found.measured_files():
        at = found.contexts_by_lineno(name)
        module = Path(name).as_posix().rpartition("/src/communitycheck/")[2]
        lines[module] = {n: [c for c in who if c] for n, who in at.items()}
    return Baseline(json.loads(times.read_text(encoding="utf-8")), lines)


def copy_of_the_tree(folder: Path) -> Path:
    tree = folder / "tree"
    tree.mkdir(parents=True)
    for name in ("src", "tests", "rules", "sample_data", "pyproject.toml", "README.md", "docs"):
        source = ROOT / name
        leave = shutil.ignore_patterns("__pycache__", ".hypothesis", "mutation")
        shutil.copytree(source, tree / name, ignore=leave) if source.is_dir() else shutil.copy(source, tree / name)
    return tree


def judge(mutant: Mutant, tree: Path, base: Baseline) -> dict[str, Any]:
    """Put one mutant before the tests."""
    start = time.monotonic()
    source, faulty = mutated(mutant)
    file = tree / "src" / "communitycheck" / mutant.module
    file.write_text(faulty, encoding="utf-8")
    killer, outcome = "", "survived"
    for order in base.order_for(mutant):
        if not order:
            continue
        files = list(dict.fromkeys(node.split("::")[0] for node in order))
        code = in_child(tree, lambda f=files, o=order: pytest_run(["-x", *f], Chosen(o)), tree / "log")
        if code:
            outcome = "killed" if code in (1, 2, 3) else "out of time" if code in (-24, -9) else f"ended with {code}"
            told = [line for line in (tree / "log").read_text(errors="replace").splitlines() if "FAILED" in line]
            killer = told[-1] if told else ""
            break
    file.write_text(source, encoding="utf-8")
    diff = "\n".join(list(unified_diff(source.split("\n"), faulty.split("\n"), lineterm="", n=0))[2:])
    seconds = round(time.monotonic() - start, 1)
    return {**asdict(mutant), "outcome": outcome, "killer": killer, "diff": diff, "seconds": seconds}


def drawn(sample: int, seed: int) -> tuple[list[Mutant], int]:
    """``sample`` of all mutants in the order of the draw, and how many there are in all."""
    every = [mutant for file in modules() for mutant in mutants_of(file)]
    order = random.Random(seed).sample(every, len(every))
    return order[:sample], len(every)


def explained() -> dict[str, str]:
    """Survivors that are known to be no gap in the tests, by the faulty line, and why."""
    import yaml

    file = Path(__file__).parent / "mutants.yaml"
    entries = yaml.safe_load(file.read_text(encoding="utf-8")) if file.exists() else []
    return {entry["diff"].strip(): entry["why"] for entry in entries}


def main() -> int:
    parser = argparse.ArgumentParser(description="Faults put into checking/ and standards/: do the tests notice?")
    parser.add_argument("--sample", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--minutes", type=float, default=0, help="stop drawing after so many")
    parser.add_argument("--only", nargs="*", default=[], help="names of mutants (module:operator:occurrence)")
    parser.add_argument("--baseline", type=Path, help="a folder that keeps the times and lines of the tests")
    parser.add_argument("--results", type=Path, help="a line of JSON for each mutant")
    options = parser.parse_args()
    for name in HEAVY:
        import_module(name)
    sample, total = drawn(options.sample, options.seed)
    if options.only:
        every = {mutant.name: mutant for mutant in drawn(total, options.seed)[0]}
        sample = [every[name] for name in options.only]
    started, known = time.monotonic(), explained()
    results: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory(prefix="mutation-") as folder:
        trees = [copy_of_the_tree(Path(folder) / str(k)) for k in range(options.workers)]
        base = baseline(trees[0], options.baseline or Path(folder))
        print(f"{len(base.seconds)} tests, {sum(base.seconds.values()):.0f} s", file=sys.stderr, flush=True)
        free = list(trees)

        def one(mutant: Mutant) -> dict[str, Any] | None:
            if options.minutes and time.monotonic() - started > 60 * options.minutes:
                return None
            tree = free.pop()
            try:
                return judge(mutant, tree, base)
            finally:
                free.append(tree)

        with ThreadPoolExecutor(options.workers) as pool:
            for result in pool.map(one, sample):
                if result is None:
                    continue
                results.append(result)
                if options.results:
                    with options.results.open("a", encoding="utf-8") as sink:
                        sink.write(json.dumps(result, ensure_ascii=False) + "\n")
    alive = [r for r in results if r["outcome"] == "survived"]
    for r in alive:
        print(f"{r['module']}:{r['operator']}:{r['occurrence']}  {known.get(r['diff'].strip(), 'NOT EXPLAINED')}")
        print(r["diff"])
    fair = sum(r["diff"].strip() in known for r in alive)
    killed = len(results) - len(alive)
    print(
        f"{len(results)} of {total} mutants (seed {options.seed}): {killed} killed, {len(alive)} survived, "
        f"{fair} of them explained; {killed / max(1, len(results)):.1%}"
    )
    return 1 if len(alive) > fair else 0


if __name__ == "__main__":
    sys.exit(main())
