"""The ``musnad`` command: what it is made of, how errors are said, which exit status they give.

Exit status: 0 done; 1 failed; 2 wrong usage or an option or setting that cannot be read; 130 after Ctrl-C or SIGTERM.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from types import FrameType, TracebackType

COMMANDS = ("ingest", "annotate", "serve", "db", "rejects", "archive", "reference", "entities")
"""Modules of this package in the order of ``--help``; each has an ``app``, and imports heavy things when called."""

FAILED, INTERRUPTED = 1, 130
_LAST_WORDS_SECONDS = 20


def run() -> None:
    """The ``musnad`` command: runs the command line, and sees to it that the process ends in time."""
    status: object = 0
    try:
        main()
    except SystemExit as ended:
        status = ended.code
        raise
    finally:
        _end_soon(status)


def main() -> None:
    """Runs the command line of this process and exits."""
    signal.signal(signal.SIGTERM, _interrupt)
    arguments = sys.argv[1:]
    own = arguments[: arguments.index("--")] if "--" in arguments else arguments
    with _OneSentence(shows_traceback="--debug" in own):
        _build()(
            args=[argument for argument in own if argument != "--debug"] + arguments[len(own) :], prog_name="musnad"
        )


class _OneSentence:
    """Turns an error that leaves a command into one sentence and an exit status: its own ``exit_code``, else 1."""

    def __init__(self, *, shows_traceback: bool) -> None:
        self._shows_traceback = shows_traceback

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if error is None or isinstance(error, SystemExit):
            return
        if _is_interruption(error):
            sys.exit(INTERRUPTED)
        if self._shows_traceback:
            sys.__excepthook__(type(error), error, traceback)
        else:
            print(f"musnad: {_sentence(error)}", file=sys.stderr)  # noqa: T201 (the one place errors are said)
        sys.exit(getattr(error, "exit_code", FAILED))


def _is_interruption(error: BaseException | None) -> bool:
    """Whether it is Ctrl-C or SIGTERM, or what failed while one of them was seen to; Prefect has a name of its own."""
    if isinstance(error, KeyboardInterrupt) or type(error).__name__ == "TerminationSignal":
        return True
    return error is not None and _is_interruption(error.__context__)


def _end_soon(status: object) -> None:
    """Let the process end in time, though its Prefect server be gone.

    Prefect sends what it has logged when the interpreter shuts down, and tries for seven seconds each of hundreds of
    events where nobody listens (measured). With a server there it is done in one.
    """
    if "prefect" in sys.modules:
        last = threading.Timer(_LAST_WORDS_SECONDS, _end, (status if isinstance(status, int) else 0,))
        last.daemon = True
        last.start()


def _end(status: int) -> NoReturn:
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def _sentence(error: BaseException) -> str:
    """What the error says, on one line; its kind too where it was not written for people to read."""
    text = " ".join(str(error).split())
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename}: {error.strerror}"
    if type(error).__module__.partition(".")[0] in {"flows", "migrations"}:
        return text
    return f"{type(error).__name__}: {text} (--debug shows where)"


def _build() -> typer.Typer:
    app = typer.Typer(
        name="musnad",
        help="A warehouse of Arabic news: every row points at the characters it came from.",
        add_completion=False,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,  # plain text: half the start-up time, and readable in a pipe
    )
    app.callback()(_root)
    for name in COMMANDS:
        app.add_typer(import_module(f"flows.cli.{name}").app)
    return app


def _root(
    *,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error; may stand anywhere.")] = False,
) -> None:
    """A warehouse of Arabic news: every row points at the characters it came from."""
    del debug  # taken from the arguments by main(), so that it may also follow the command


def _interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt
