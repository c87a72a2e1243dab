"""Throws random input at every door of the engine: nothing but its own errors may come out. `--inputs N`, `--seed S`."""

import argparse
import random
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from inspector_app.xforms.problems import FormError
from inspector_app.xforms.xpath.syntax import EvaluationError, XPathSyntaxError
from tests.xforms import fuzz_targets as targets

OWN = (FormError, XPathSyntaxError, EvaluationError)
SLOW = 2.0
"""Seconds of the processor; a single input may not take longer (forms.md §8)."""


@dataclass(frozen=True, slots=True)
class Target:
    """One door: how inputs are made, what is done with them, and its share of all inputs."""

    name: str
    make: Callable[[random.Random], Any]
    run: Callable[[Any], object]
    share: float


TARGETS = (
    Target("lexer", targets.expression, targets.lex, 0.300),
    Target("parser", targets.expression, targets.read_expression, 0.250),
    Target("compile and evaluate", targets.expression, targets.evaluate, 0.240),
    Target("data files", targets.resource, targets.read_resource, 0.080),
    Target("saved submissions", targets.submission, targets.reopen, 0.050),
    Target("XForm XML", targets.xform_xml, targets.load_and_fill, 0.040),
    Target("steps of form play", targets.steps, targets.play_steps, 0.030),
    Target("XLSForm as markdown", targets.markdown, targets.convert_markdown, 0.008),
    Target("XLSForm as workbook", targets.workbook, targets.convert_workbook, 0.002),
)


@dataclass(slots=True)
class Outcome:
    """What came of one target."""

    count: int = 0
    refused: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    failures: list[tuple[Any, BaseException | None]] = field(default_factory=list)


def attack(target: Target, inputs: int, seed: int) -> Outcome:
    """Run `inputs` inputs through one door; at most five failures are kept."""
    chance, outcome = random.Random(f"{target.name} {seed}"), Outcome()
    for _ in range(inputs):
        given = target.make(chance)
        start = time.process_time()
        try:
            target.run(given)
        except OWN:
            outcome.refused += 1
        except Exception as error:  # exactly this is what must not happen
            outcome.failures.append((given, error))
        taken = time.process_time() - start
        outcome.count += 1
        outcome.seconds += taken
        outcome.slowest = max(outcome.slowest, taken)
        if taken > SLOW:
            outcome.failures.append((given, None))
        if len(outcome.failures) >= 5:
            break
    return outcome


def main() -> int:
    """The table of all doors; 1 if anything else than the engine's own errors came out."""
    parser = argparse.ArgumentParser(prog="python -m tests.xforms.fuzz", description=__doc__)
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="targets whose name begins so")
    given = parser.parse_args()
    chosen = [t for t in TARGETS if t.name.startswith(given.only)]
    whole = sum(t.share for t in chosen)
    failed, totals = False, Counter[str]()
    print(f"{'door':24} {'inputs':>9} {'refused':>9} {'seconds':>8} {'slowest ms':>10}")
    for target in chosen:
        found = attack(target, round(given.inputs * target.share / whole), given.seed)
        totals.update(inputs=found.count, refused=found.refused)
        print(
            f"{target.name:24} {found.count:9} {found.refused:9} {found.seconds:8.1f} {found.slowest * 1000:10.1f}",
            flush=True,
        )
        for given_input, error in found.failures:
            failed = True
            print(f"  {'TOO SLOW' if error is None else 'FAILED'}: {given_input!r:.3000}")
            if error is not None:
                traceback.print_exception(error, limit=-6, file=sys.stdout)
    print(f"{'all':24} {totals['inputs']:9} {totals['refused']:9}  {'FAILED' if failed else 'clean'}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
