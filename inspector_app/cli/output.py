"""What a command prints and how it exits: one JSON document or plain lines, one sentence per failure."""

import json
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import typer

from inspector_app.domain.errors import UserError, WorldError

DONE, USER, USAGE, WORLD, BUG = 0, 1, 2, 3, 4
"""Exit statuses of cli.md."""


def emit(facts: Any) -> None:
    """One JSON document on standard output."""
    sys.stdout.write(json.dumps(facts, ensure_ascii=False, default=str) + "\n")
    sys.stdout.flush()


def say(line: str) -> None:
    """One plain line on standard output."""
    typer.echo(line)


def fail(sentence: str, status: int) -> typer.Exit:
    """Print the sentence to standard error and give the exit to raise."""
    typer.echo(sentence, err=True)
    return typer.Exit(status)


@contextmanager
def one_door(debug: bool) -> Iterator[None]:
    """Every failure leaves through here: a sentence and a status, a traceback only with --debug."""
    try:
        yield
    except (typer.Exit, typer.Abort):
        raise
    except UserError as error:
        raise _leave(error, str(error), USER, debug) from None
    except (WorldError, OSError) as error:
        raise _leave(error, str(error), WORLD, debug) from None
    except KeyboardInterrupt:
        raise fail("Stopped.", USER) from None
    except Exception as error:
        if hasattr(error, "problems"):
            raise _leave(error, str(error), USER, debug) from None
        sentence = (
            f"Something went wrong inside the program ({type(error).__name__}); nothing was lost. Run with --debug."
        )
        raise _leave(error, sentence, BUG, debug) from None


def _leave(error: BaseException, sentence: str, status: int, debug: bool) -> typer.Exit:
    if debug:
        traceback.print_exception(error, file=sys.stderr)
    return fail(sentence, status)


def progress_line(what: str) -> Callable[[int, int], None]:
    """A progress callback that rewrites one line on standard error when that is a terminal."""
    if not sys.stderr.isatty():
        return lambda done, total: None

    def show(done: int, total: int) -> None:
        end = "\n" if done >= total else ""
        sys.stderr.write(f"\r{what} {done}/{total}{end}")
        sys.stderr.flush()

    return show
