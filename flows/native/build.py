"""Compile the hot modules of the transform by mypyc and keep them: ``python -m flows.native.build``.

Says in a line what it did. A machine without a C compiler is no error: the modules then run as source.
"""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import chdir, redirect_stderr, redirect_stdout, suppress
from io import StringIO
from pathlib import Path
from time import perf_counter
from typing import Any

from mypyc.build import mypycify
from setuptools import Distribution
from setuptools.command.build_ext import build_ext
from setuptools.errors import BaseError, CCompilerError

from flows.native import FLOWS, LIBRARY, folder

_COMPILED = (
    "text/classes.py", "text/folded.py", "text/language.py", "text/places.py", "text/tokens.py",
    "transform/addresses.py", "transform/articles.py", "transform/decided.py", "transform/lexicon.py",
    "transform/moments.py", "transform/page.py", "transform/publication.py", "transform/speech.py",
    "transform/stamps.py", "transform/stated_sources.py", "transform/statements.py",
    "transform/dates/*.py", "transform/names/*.py", "transform/quotes/*.py", "transform/segments/*.py",
    "transform/sources/*.py",
)  # fmt: skip
"""What a page of text runs through."""
_LEFT_OUT = {"conftest.py"}
_LINK_TIME = ("-flto=auto", "-fvisibility=hidden", "-fno-semantic-interposition")
"""Link-time optimisation across the modules: 4% faster pages for half as long again to compile (measured)."""

_FAILURES = (BaseError, CCompilerError)


class NotBuiltError(Exception):
    """The modules could not be compiled; the message says why."""


class _ParallelBuild(build_ext):
    """Compiles the many files of one library at once."""

    def build_extensions(self) -> None:
        one = self.compiler.compile

        def compile_all(sources: list[str], **options: Any) -> list[str]:  # noqa: ANN401 - the compiler's own
            with ThreadPoolExecutor(os.cpu_count()) as pool:
                return [
                    made for objects in pool.map(lambda source: one([source], **options), sources) for made in objects
                ]

        self.compiler.compile = compile_all
        super().build_extensions()


def build() -> Path:
    """Compile into the folder of the present source, whole or not at all, and drop what older source left.

    Raises:
        NotBuiltError: there is no C compiler, or it failed; or mypy found the source wrong.
    """
    if (missing := _missing()) is not None:
        raise NotBuiltError(missing)
    place = folder()
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place.parent, prefix="building-") as name:
        draft = Path(name)
        _compile_all(draft)
        for old in place.parent.glob("native-*"):
            shutil.rmtree(old, ignore_errors=True)
        with suppress(OSError):  # another process was first
            (draft / "out").rename(place)
    return place


def _compile_all(draft: Path) -> None:
    extensions = _extensions(draft / "c")
    try:
        _run_compiler(extensions, draft, _LINK_TIME)
    except _FAILURES:  # some compilers cannot
        try:
            _run_compiler(extensions, draft, ())
        except _FAILURES as error:
            raise NotBuiltError(str(error)) from error


def _missing() -> str | None:
    """What a compiler needs and is not there."""
    compiler = (os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc").split()[0]
    if shutil.which(compiler) is None:
        return f"no C compiler {compiler}"
    header = Path(sysconfig.get_paths()["include"]) / "Python.h"
    return None if header.is_file() else f"no {header}"


def _extensions(draft: Path) -> list[Any]:
    said = StringIO()
    with chdir(FLOWS.parent), redirect_stdout(said), redirect_stderr(said):  # mypy names modules from where it stands
        sources = [str(path.relative_to(FLOWS.parent)) for path in _sources()]
        try:
            extensions = mypycify(
                ["--config-file", "pyproject.toml", *sources],
                debug_level="0",
                multi_file=True,
                target_dir=str(draft),
                group_name=LIBRARY.removesuffix("__mypyc"),
            )
        except SystemExit as exit_:  # so mypyc ends where the types are wrong
            raise NotBuiltError(said.getvalue()) from exit_
    return list(extensions)


def _sources() -> Iterator[Path]:
    for pattern in _COMPILED:
        yield from sorted(path for path in FLOWS.glob(pattern) if path.name not in _LEFT_OUT)


def _run_compiler(extensions: list[Any], draft: Path, flags: Sequence[str]) -> None:
    for extension in extensions:
        extension.extra_link_args = [*flags, "-O3"]
        extension.extra_compile_args = [
            *flags,
            *(each for each in extension.extra_compile_args if each not in _LINK_TIME),
        ]
    command = _ParallelBuild(Distribution({"name": LIBRARY, "ext_modules": extensions}))
    command.build_lib, command.build_temp, command.parallel = str(draft / "out"), str(draft / "o"), os.cpu_count()
    command.ensure_finalized()
    command.run()


def main() -> None:
    """Build, unless the present source is built already."""
    if folder().is_dir():
        return
    begin = perf_counter()
    _say("compiling the transform (once, a minute or two)")
    try:
        build()
    except NotBuiltError as error:
        _say(f"not compiled, so it runs as source, slower and otherwise the same: {error}")
    else:
        _say(f"compiled in {perf_counter() - begin:.0f} s")


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    main()
