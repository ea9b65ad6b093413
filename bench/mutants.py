"""Break the gate in every small way there is, and see whether its own tests notice.

    .venv/bin/python bench/mutants.py [--only table] [--jobs 2]

Each mutant is one change to one module of `disclosure/`: a comparison turned round, `and` for `or`, a negation dropped,
a constant changed, a condition taken for true or for false, an element left out of a table. Each is put in the place of
the module in a process of its own, and the tests of `disclosure/` and the sample of `gatepost selftest disclosure` are
run until the first one fails. Sentences stay as they are: a test of the reference pages compares them word for word.

Prints the survivors and one line of JSON; `SURVIVORS` says why those that are left make no difference. Ends with 1
where fewer than 95 in 100 are found, or one survives of which nobody has said why.
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib.abc
import importlib.util
import io
import itertools
import json
import multiprocessing
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "gatepost.disclosure"
MODULES = ("facts", "table", "gate", "freetext")
OF_GATE = ["gatepost.disclosure.tests.test_gate", "gatepost.selftest.tests.test_disclosure"]
OF_TEXT = ["gatepost.disclosure.tests.test_freetext"]
ENOUGH = 0.95
PATIENCE = 120  # seconds; a mutant that never ends is found, too

SURVIVORS: dict[str, str] = {}
"""Mutants that make no difference to anybody, by what they change, and why."""

TURNED = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}


@dataclass(frozen=True)
class Mutant:
    """One broken module."""

    module: str
    line: int
    what: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """What it changes, in one line."""
        return f"{self.module}: {self.what}"


def mutants_of(module: str) -> Iterator[Mutant]:
    """Every mutant of one module."""
    source = (ROOT / "src/gatepost/disclosure" / f"{module}.py").read_text(encoding="utf-8")
    tree = ast.parse(source)
    words = _words_in(tree)
    for number, node in enumerate(ast.walk(tree)):
        if id(node) in words:
            continue
        for variant, after in enumerate(_changes(node)):
            broken = copy.deepcopy(tree)
            place = next(each for index, each in enumerate(ast.walk(broken)) if index == number)
            list(_apply(place, variant))
            before = ast.unparse(node)[:90].replace("\n", " ")
            yield Mutant(module, getattr(node, "lineno", 0), f"{before} -> {after}", ast.fix_missing_locations(broken))


def _words_in(tree: ast.Module) -> set[int]:
    """Docstrings, the names of rules and types: words, not behaviour; changing a rule's words is a test of its own."""
    words: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            words.add(id(node.value))
        for annotation in (getattr(node, "annotation", None), getattr(node, "returns", None)):
            if annotation is not None:
                words |= {id(each) for each in ast.walk(annotation)}
        if isinstance(node, ast.Assign) and any(getattr(name, "id", "") == "__all__" for name in node.targets):
            words |= {id(each) for each in ast.walk(node)}
    return words


def _changes(node: ast.AST) -> list[str]:
    """What can be broken here, in words."""
    return list(_apply(copy.deepcopy(node), None))


def _apply(node: ast.AST, chosen: int | None) -> Iterator[str]:
    """Name every change that this node allows; where one is chosen, make it."""
    for number, (words, make) in enumerate(_possible(node)):
        if chosen is None or number == chosen:
            if chosen is not None:
                make()
            yield words


def _possible(node: ast.AST) -> list[tuple[str, Any]]:
    if isinstance(node, ast.Compare):
        turned = [TURNED[type(operator)] for operator in node.ops]
        return [(new.__name__, lambda i=i, n=new: node.ops.__setitem__(i, n())) for i, new in enumerate(turned)]
    if isinstance(node, ast.BoolOp):
        other = ast.Or if isinstance(node.op, ast.And) else ast.And
        dropped = [(f"without part {i + 1}", lambda i=i: _drop_part(node, i)) for i in range(len(node.values))]
        return [(other.__name__, lambda: setattr(node, "op", other())), *dropped]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return [("without not", lambda: _become(node, node.operand))]
    if isinstance(node, ast.If | ast.IfExp | ast.While):
        return [(f"if {value}", lambda v=value: setattr(node, "test", ast.Constant(v))) for value in (True, False)]
    if isinstance(node, ast.comprehension) and node.ifs:
        return [("without if", lambda: node.ifs.clear())]
    if isinstance(node, ast.Constant):
        return _constant(node)
    if isinstance(node, ast.BinOp):
        return _operation(node)
    if isinstance(node, ast.Return) and node.value is not None and not isinstance(node.value, ast.Constant):
        return [("return None", lambda: setattr(node, "value", ast.Constant(None)))]
    if isinstance(node, ast.Tuple | ast.List | ast.Set) and isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
        return [(f"without element {i + 1}", lambda i=i: node.elts.pop(i)) for i in range(len(node.elts))]
    return []


def _constant(node: ast.Constant) -> list[tuple[str, Any]]:
    value = node.value
    if isinstance(value, bool):
        return [(str(not value), lambda: setattr(node, "value", not value))]
    if isinstance(value, int):
        return [(str(value + 1), lambda: setattr(node, "value", value + 1))]
    if isinstance(value, str) and " " not in value:
        return [("other words", lambda: setattr(node, "value", f"{value}x"))]
    return []


def _operation(node: ast.BinOp) -> list[tuple[str, Any]]:
    pairs: dict[type, type] = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr}
    other = pairs.get(type(node.op))
    return [(other.__name__, lambda: setattr(node, "op", other()))] if other else []


def _drop_part(node: ast.BoolOp, number: int) -> None:
    node.values.pop(number)
    if len(node.values) == 1:
        _become(node, node.values[0])


def _become(node: ast.AST, other: ast.AST) -> None:
    """Put another node in the place of this one, whoever holds it."""
    node.__class__ = other.__class__  # type: ignore[assignment]  # the tree is thrown away
    node.__dict__.clear()
    node.__dict__.update(other.__dict__)


class Instead(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives the broken module to whoever imports it."""

    def __init__(self, mutant: Mutant) -> None:
        """Keep what to give."""
        self.name = f"{PACKAGE}.{mutant.module}"
        self.code = compile(mutant.tree, f"<{mutant.module}>", "exec")

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> Any:
        """Say that it is ours."""
        return importlib.util.spec_from_loader(name, self) if name == self.name else None

    def exec_module(self, module: ModuleType) -> None:
        """Run it."""
        exec(self.code, module.__dict__)


def survives(mutant: Mutant | None) -> bool:
    """Whether the tests pass all the same. In a process of its own, which has imported nothing of ours yet."""
    if mutant:
        sys.meta_path.insert(0, Instead(mutant))
    quiet = io.StringIO()
    with redirect_stdout(quiet), redirect_stderr(quiet):
        try:
            for test, values in _cases(_tests_of(mutant)):
                test(**values)
        except BaseException:  # whatever is thrown: it was noticed
            return False
    return True


def _cases(modules: list[str]) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Every test with the values it is tried with; those that draw their values come last, since they take longer."""
    tests = [
        test
        for name in modules
        for word, test in vars(importlib.import_module(name)).items()
        if word.startswith("test_")
    ]
    for test in sorted(tests, key=lambda test: hasattr(test, "hypothesis")):
        marks = [mark for mark in getattr(test, "pytestmark", []) if mark.name == "parametrize"]
        for chosen in itertools.product(*(list(mark.args[1]) for mark in marks)):
            values: dict[str, Any] = {}
            for mark, value in zip(marks, chosen, strict=True):
                names = mark.args[0]
                values |= {names: value} if isinstance(names, str) else dict(zip(names, value, strict=True))
            yield test, values


def _tests_of(mutant: Mutant | None) -> list[str]:
    """The tests that know the broken module; all of them, where none is broken."""
    if mutant is None:
        return [*OF_TEXT, *OF_GATE]
    return OF_TEXT if mutant.module == "freetext" else OF_GATE


def _child(mutant: Mutant | None) -> None:
    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
    os._exit(0 if survives(mutant) else 1)


def run(mutants: list[Mutant], jobs: int) -> list[Mutant]:
    """Try them all, some at a time, and return those that survive."""
    alive, waiting, running = [], list(mutants), []
    while waiting or running:
        while waiting and len(running) < jobs:
            mutant = waiting.pop(0)
            process = multiprocessing.get_context("fork").Process(target=_child, args=(mutant,))
            process.start()
            running.append((mutant, process, time.monotonic()))
        for entry in list(running):
            mutant, process, begun = entry
            if process.is_alive() and time.monotonic() - begun < PATIENCE:
                continue
            if process.is_alive():
                process.kill()
            process.join()
            running.remove(entry)
            if process.exitcode == 0:
                alive.append(mutant)
                print(f"survives: {mutant.name} (line {mutant.line})", flush=True)
        time.sleep(0.02)
    return alive


def main() -> None:
    """Break it, and say how much was noticed."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--only", choices=MODULES, help="one module alone")
    asked.add_argument("--jobs", type=int, default=2)
    wanted = asked.parse_args()
    warm_up()
    whole = multiprocessing.get_context("fork").Process(target=_child, args=(None,))
    whole.start()
    whole.join()
    if whole.exitcode:
        sys.exit("the tests do not pass on the gate as it is")
    begun = time.monotonic()
    mutants = [mutant for module in MODULES if wanted.only in (None, module) for mutant in mutants_of(module)]
    alive = run(mutants, wanted.jobs)
    unexplained = [mutant.name for mutant in alive if mutant.name not in SURVIVORS]
    killed = len(mutants) - len(alive)
    figures = {"mutants": len(mutants), "killed": killed, "share": round(killed / len(mutants), 4)}
    figures |= {"unexplained": len(unexplained), "seconds": round(time.monotonic() - begun)}
    print(json.dumps(figures))
    if unexplained or figures["share"] < ENOUGH:
        sys.exit(1)


def warm_up() -> None:
    """Import what every try needs, once, and nothing of ours."""
    importlib.import_module("pytest")
    hypothesis = importlib.import_module("hypothesis")
    calm = {"deadline": None, "derandomize": True, "suppress_health_check": list(hypothesis.HealthCheck)}
    calm |= {"max_examples": 50, "phases": [hypothesis.Phase.explicit, hypothesis.Phase.generate], "database": None}
    hypothesis.settings.register_profile("calm", **calm)  # a busy machine finds no mutant
    hypothesis.settings.load_profile("calm")


if __name__ == "__main__":
    main()
