"""``python -m flows.cli``: the ``musnad`` command where it is not installed."""

from flows.cli import run

run()
