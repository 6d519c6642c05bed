"""Breaks every triage rule in turn and counts how many breaks are caught.

    python scripts/mutate.py            all mutants, a line per survivor, figures at the end
    python scripts/mutate.py --limit 50 the first fifty, to try it out
    python scripts/mutate.py --deep     also asks the dossier's own invariants (slow)

Each mutant is one small break in one rule: a condition dropped, "and" for "or", a word or a
number changed. It runs in a process of its own, against the proof that paper is code (what
``rugkompas verify`` calls invariant 0) and against the cases in tests/cases.
"""

from __future__ import annotations

import argparse
import ast
import copy
import datetime as dt
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import json
import multiprocessing
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from rich.progress import track

from rugkompas.catalogue import load

ROOT = Path(__file__).parent.parent
RULES = ROOT / "src" / "rugkompas" / "rules"
MODULES = (
    "terms",
    "applies",
    "red_flags/emergency",
    "red_flags/same_day",
    "red_flags/within_days",
    "red_flags/planned",
)
DAY = dt.date(2026, 11, 25)


@dataclass(frozen=True)
class Mutant:
    """One break: where, what, and the source that results."""

    module: str
    function: str
    line: int
    what: str
    source: str


@dataclass(frozen=True)
class Outcome:
    """What became of a mutant. ``proof`` and ``cases`` name what caught it, "" = nothing."""

    mutant: Mutant
    valid: bool
    proof: str = ""
    cases: str = ""
    invariants: str = ""


def mutants() -> Iterator[Mutant]:
    """Every single break of every rule."""
    for name in MODULES:
        path = RULES / f"{name}.py"
        tree = ast.parse(path.read_text("utf-8"))
        module = "rugkompas.rules." + name.replace("/", ".")
        places = [node for node in ast.walk(tree) if hasattr(node, "lineno")]
        for number, node in enumerate(places):
            for what, change in breaks(node):
                broken = copy.deepcopy(tree)
                twin = [n for n in ast.walk(broken) if hasattr(n, "lineno")][number]
                replaced = change(copy.deepcopy(twin))
                _replace(broken, twin, replaced)
                source = ast.unparse(ast.fix_missing_locations(broken))
                yield Mutant(module, _function(tree, node.lineno), node.lineno, what, source)


def breaks(node: ast.AST) -> Iterator[tuple[str, object]]:
    """What can be broken at one place in the code: a description and a change of the node."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd | ast.BitOr):
        word, other = ("and", "or") if isinstance(node.op, ast.BitAnd) else ("or", "and")
        yield f"{word} -> {other}", _swap
        yield f"left of {word} only", lambda n: n.left
        yield f"right of {word} only", lambda n: n.right
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Invert):
        yield "not dropped", lambda n: n.operand
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        yield from _verb_breaks(node)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        if node.func.id in ("any_of", "all_of") and len(node.args) > 1:
            for place in range(len(node.args)):
                yield f"{node.func.id}: part {place + 1} dropped", _without(place)
    elif isinstance(node, ast.Tuple) and len(node.elts) > 2 and _all_words(node.elts):
        for place, element in enumerate(node.elts):
            yield f"'{element.value}' dropped", _element_dropped(place)  # type: ignore[attr-defined]
    elif isinstance(node, ast.Attribute) and _is_parameter(node):
        yield f"{node.attr} + 1", lambda n: ast.BinOp(n, ast.Add(), ast.Constant(1))
        yield f"{node.attr} - 1", lambda n: ast.BinOp(n, ast.Sub(), ast.Constant(1))


def _verb_breaks(node: ast.Call) -> Iterator[tuple[str, object]]:
    assert isinstance(node.func, ast.Attribute)
    verb = node.func.attr
    if verb in ("is_", "has") and _all_words(node.args):
        if len(node.args) > 1:
            for place, argument in enumerate(node.args):
                yield f"'{argument.value}' dropped", _without(place)  # type: ignore[attr-defined]
        elif isinstance(node.func.value, ast.Attribute) and verb == "is_":
            own = node.args[0].value  # type: ignore[attr-defined]
            for word in _words(node.func.value.attr):
                if word != own:
                    yield f"'{own}' -> '{word}'", _with_word(word)
    elif verb in ("at_least", "below"):
        other = "below" if verb == "at_least" else "at_least"
        yield f"{verb} -> {other}", _renamed(other)


def _words(question: str) -> Sequence[str]:
    variable = load().codebook.get(question)
    return variable.words if variable else ()


def _all_words(nodes: Sequence[ast.expr]) -> bool:
    return bool(nodes) and all(
        isinstance(node, ast.Constant) and isinstance(node.value, str) for node in nodes
    )


def _is_parameter(node: ast.Attribute) -> bool:
    return (
        isinstance(node.value, ast.Name) and node.value.id == "p" and node.attr in load().parameters
    )


def _swap(node: ast.BinOp) -> ast.BinOp:
    node.op = ast.BitOr() if isinstance(node.op, ast.BitAnd) else ast.BitAnd()
    return node


def _without(place: int) -> object:
    def change(node: ast.Call) -> ast.Call:
        del node.args[place]
        return node

    return change


def _element_dropped(place: int) -> object:
    def change(node: ast.Tuple) -> ast.Tuple:
        del node.elts[place]
        return node

    return change


def _with_word(word: str) -> object:
    def change(node: ast.Call) -> ast.Call:
        node.args[0] = ast.Constant(word)
        return node

    return change


def _renamed(verb: str) -> object:
    def change(node: ast.Call) -> ast.Call:
        assert isinstance(node.func, ast.Attribute)
        node.func.attr = verb
        return node

    return change


def _replace(tree: ast.AST, old: ast.AST, new: object) -> None:
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            if value is old:
                setattr(parent, field, new)
            elif isinstance(value, list):
                value[:] = [new if item is old else item for item in value]


def _function(tree: ast.Module, line: int) -> str:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.lineno <= line <= (node.end_lineno or line):
            return node.name
    return "(module)"


class _Broken(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives one module another source; all other modules come from their files."""

    def __init__(self, name: str, source: str) -> None:
        self.name = name
        self.source = source

    def find_spec(
        self, name: str, path: object, target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name != self.name:
            return None
        return importlib.util.spec_from_loader(name, self)

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self.source, self.name, "exec"), module.__dict__)


def judge(job: tuple[Mutant, bool]) -> Outcome:
    """Run the proof and the cases against one mutant, in this process only."""
    mutant, deep = job
    for name in list(sys.modules):
        if name.startswith(("rugkompas.rules", "rugkompas.assess", "rugkompas.proof")) or (
            name in ("rugkompas", "rugkompas.outputs", "rugkompas.outputs.data", "test_cases")
        ):
            del sys.modules[name]
    sys.meta_path.insert(0, _Broken(mutant.module, mutant.source))
    try:
        logical = importlib.import_module("rugkompas.proof.logical")
        prover = importlib.import_module("rugkompas.proof.prover").Prover(load(), DAY)
        proof = next((b.what for b in logical.paper_is_code(prover) if b), "")
        cases = _failing_case()
        invariants = _broken_invariant(logical, prover) if deep else ""
    except (ValueError, AttributeError, TypeError, IndexError, KeyError):
        return Outcome(mutant, valid=False)
    return Outcome(mutant, True, proof, cases, invariants)


def _failing_case() -> str:
    runner = importlib.import_module("test_cases")
    for case in runner.CASES:
        expected, actual = runner.outcome(case)
        if expected != actual:
            return str(case["name"])
    return ""


def _broken_invariant(logical: ModuleType, prover: object) -> str:
    for number, invariant in logical.LOGICAL.items():
        if number != "0" and any(invariant(prover)):
            return str(number)
    return ""


def _tell(outcome: Outcome) -> None:
    """At once, for a run takes long and may be stopped: what the cases did not catch."""
    if outcome.valid and not outcome.cases:
        title = "only the proof caught" if outcome.proof else "SURVIVES"
        mutant = outcome.mutant
        where = f"{mutant.module}:{mutant.line} {mutant.function}"
        print(f"{title}: {where}: {mutant.what}", flush=True)


def main() -> int:
    """Judge all mutants; exit 1 when one survives both the proof and the cases."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--limit", type=int, help="only so many mutants")
    parser.add_argument("--every", type=int, default=1, help="only one mutant in so many")
    parser.add_argument("--deep", action="store_true", help="also the dossier's invariants")
    parser.add_argument("--json", type=Path, help="write the figures here")
    options = parser.parse_args()
    sys.path.insert(0, str(ROOT / "tests"))
    import z3  # noqa: F401  # loaded before the processes split, so that each need not

    jobs = [(mutant, options.deep) for mutant in mutants()][:: options.every][: options.limit]
    with multiprocessing.get_context("fork").Pool(maxtasksperchild=1) as pool:
        outcomes = []
        for outcome in track(pool.imap(judge, jobs), "mutants", total=len(jobs)):
            outcomes.append(outcome)
            _tell(outcome)
    valid = [outcome for outcome in outcomes if outcome.valid]
    survivors = [o for o in valid if not o.proof and not o.cases]
    figures = {
        "mutants": len(valid),
        "not valid code": len(outcomes) - len(valid),
        "caught by the proof": sum(bool(o.proof) for o in valid),
        "caught by the cases": sum(bool(o.cases) for o in valid),
        "survivors": len(survivors),
    }
    if options.deep:
        figures["caught by the dossier's invariants alone"] = sum(bool(o.invariants) for o in valid)
    for name, number in figures.items():
        print(f"{number:6} {name}")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", "utf-8")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
