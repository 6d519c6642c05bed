"""The command line: one file per command. Exit codes: 0 done, 2 the input or the command line
is wrong, 3 done but rows were rejected, 1 our bug."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from rugkompas.cli.app import build
from rugkompas.cli.say import RefusedError, Say, language_in, refused
from rugkompas.cli.writing import is_full

__all__ = ["main"]

EXTRAS = {
    **dict.fromkeys(("polars", "pyarrow", "numpy"), "tables"),
    **dict.fromkeys(("rapidfuzz", "simplemma"), "text"),
    **dict.fromkeys(("cryptography", "dj_database_url", "django", "gunicorn"), "web"),
    **{"typst": "pdf", "z3": "proof"},
}
"""Libraries that not everyone installs -> the extra that brings them."""
_STOPPED = 130


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave with its exit code."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    if sys.stdout is None or sys.stderr is None:
        # Closed by whoever started us: there is nobody to tell.
        sys.exit(2)
    say = Say(language_in(arguments))
    code = _run(arguments, say)
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _no_more_output()
    except OSError as error:
        say.refuse(_not_written(error))
        _no_more_output()
        code = 2
    sys.exit(code)


def _run(arguments: list[str], say: Say) -> int:
    try:
        code = build(say).main(arguments, prog_name="rugkompas", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except RefusedError as error:
        say.refuse(error)
        return 2
    except click.UsageError as error:
        say.usage_error(error)
        return 2
    except (KeyboardInterrupt, EOFError, click.Abort):
        return _STOPPED
    except BrokenPipeError:
        _no_more_output()
        return 0
    except OSError as error:
        if not is_full(error):
            return _our_bug(say, error)
        say.refuse(_not_written(error))
        _no_more_output()
        return 2
    except ImportError as error:
        extra = EXTRAS.get((error.name or "").partition(".")[0])
        if extra is None:
            return _our_bug(say, error)
        say.error(say("extra_missing", extra=extra))
        return 2
    except Exception as error:
        return _our_bug(say, error)


def _not_written(error: OSError) -> RefusedError:
    return refused("output_full" if is_full(error) else "output_missing", "stdout")


def _our_bug(say: Say, error: Exception) -> int:
    """One friendly sentence; the traceback may hold answers, so it only comes when asked for."""
    if os.environ.get("RUGKOMPAS_DEBUG") == "1":
        import traceback

        traceback.print_exception(error)
    say.bug(type(error).__name__)
    return 1


def _no_more_output() -> None:
    """Whoever reads our output has left; keep Python from complaining about it at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
