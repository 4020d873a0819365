"""The transform compiled to machine code: in use where it was built, the same in every letter, never stale."""

from __future__ import annotations

import ast
import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path

import pytest
from setuptools.errors import CompileError

from flows import native
from flows.native import build as building

N_TEXTS = 100
SEEDS = native.FLOWS.parent / "seeds" / "documents"
ANNOTATE_ALL = r"""
import ast, json, sys
from pathlib import Path
from flows import native
from flows.text import tokens
from flows.transform import annotate
texts = [path.read_text(encoding="utf-8") for path in sorted(Path(sys.argv[1]).iterdir())]
for test in sorted(Path(sys.argv[2]).glob("test_*.py")):
    written = [node.value for node in ast.walk(ast.parse(test.read_text(encoding="utf-8")))
               if isinstance(node, ast.Constant) and isinstance(node.value, str) and not node.value.isascii()]
    texts += ["\n".join(written[n:n + 20]) for n in range(0, len(written), 20)]
print(json.dumps([annotate(text).to_dict() for text in texts], ensure_ascii=False))
print(native.is_used(), type(tokens.tokenize).__name__, tokens.__file__, len(texts), file=sys.stderr)
"""
"""Annotates the seed pages and whatever the tests themselves write in Arabic."""


def has_compiler() -> bool:
    compiler = (sysconfig.get_config_var("CC") or "cc").split()[0]
    return shutil.which(compiler) is not None and (Path(sysconfig.get_paths()["include"]) / "Python.h").is_file()


needs_build = pytest.mark.skipif(
    not native.folder().is_dir(), reason="not compiled: no C compiler, or the source was changed since"
)


def annotated(setting: str) -> tuple[str, str]:
    """What a process says of all texts, and how it ran."""
    done = subprocess.run(
        [sys.executable, "-c", ANNOTATE_ALL, str(SEEDS), str(Path(__file__).parent)],
        env={**os.environ, "MUSNAD_NATIVE": setting, "PYTHONPATH": str(native.FLOWS.parent)},
        capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    return done.stdout, done.stderr


def test_a_build_is_in_use_where_continuous_integration_can_make_one() -> None:
    if os.environ.get("CI") and has_compiler():
        assert native.folder().is_dir(), "make native failed"


@needs_build
def test_machine_code_and_source_say_the_same_of_every_text() -> None:
    compiled, how_compiled = annotated("1")
    interpreted, how_interpreted = annotated("0")
    source = str(native.FLOWS / "text" / "tokens.py")
    assert how_compiled.split()[:-1] == ["True", "builtin_function_or_method", source]
    assert how_interpreted.split()[:-1] == ["False", "function", source]
    assert int(how_compiled.split()[-1]) > N_TEXTS
    assert compiled == interpreted


def test_changed_source_finds_no_machine_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = native.folder()
    shutil.copytree(native.FLOWS, tmp_path / "flows", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(native, "FLOWS", tmp_path / "flows")
    assert native.folder().name == before.name
    with (tmp_path / "flows" / "transform" / "page.py").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert native.folder().name != before.name


def test_modules_without_machine_code_are_left_to_others(tmp_path: Path) -> None:
    finder = native.NativeFinder(tmp_path)
    for name in ("flows.text.tokens", "flows.transform", "flows.absent", "os", native.LIBRARY):
        assert finder.find_spec(name, None) is None


def test_a_package_is_found_with_its_folder(tmp_path: Path) -> None:
    place = tmp_path / "flows" / "transform" / "names"
    place.mkdir(parents=True)
    (place / f"__init__{native.SUFFIX}").touch()
    spec = native.NativeFinder(tmp_path).find_spec("flows.transform.names", None)
    assert spec is not None
    assert spec.origin == str(native.FLOWS / "transform" / "names" / "__init__.py")
    assert spec.submodule_search_locations == [str(native.FLOWS / "transform" / "names")]


def no_compiler(_monkeypatch: pytest.MonkeyPatch) -> str:
    _monkeypatch.setenv("CC", "no-such-compiler")
    return "no C compiler no-such-compiler"


def no_header(_monkeypatch: pytest.MonkeyPatch) -> str:
    _monkeypatch.setenv("CC", sys.executable)
    _monkeypatch.setattr(sysconfig, "get_paths", lambda: {"include": "/nowhere"})
    return f"no {Path('/nowhere/Python.h')}"


@pytest.mark.parametrize("without", [no_compiler, no_header])
def test_without_a_compiler_the_build_says_so_and_succeeds(
    without: Callable[[pytest.MonkeyPatch], str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(building, "folder", lambda: tmp_path / "native-none")
    reason = without(monkeypatch)
    building.main()
    assert reason in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_compiled_source_uses_nothing_that_compiled_code_gets_wrong() -> None:
    """``cached_property`` does not cache, imports for type checking alone are missing, ``in`` a generator fails."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in building._sources()}
    generators = {
        node.name
        for tree in trees.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.returns and ast.unparse(node.returns).startswith("Iterator")
    }
    assert generators
    for path, tree in trees.items():
        for node in ast.walk(tree):
            assert not (isinstance(node, ast.Name) and node.id in {"cached_property", "TYPE_CHECKING"}), path
            if isinstance(node, ast.Compare) and any(isinstance(operator, ast.In | ast.NotIn) for operator in node.ops):
                searched = {ast.unparse(side.func) for side in node.comparators if isinstance(side, ast.Call)}
                assert not searched & generators, f"{path}: in {searched}"


def test_every_compiled_pattern_names_modules() -> None:
    for pattern in building._COMPILED:
        assert list(native.FLOWS.glob(pattern)), pattern
    assert importlib.util.find_spec("mypyc") is not None


def test_a_compiler_that_fails_is_said_and_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def failing(_extensions: list[object], _draft: Path, _flags: tuple[str, ...]) -> None:
        raise CompileError("it does not compile")

    monkeypatch.setattr(building, "folder", lambda: tmp_path / "native-none")
    monkeypatch.setattr(building, "_missing", lambda: None)
    monkeypatch.setattr(building, "_extensions", lambda _draft: [])
    monkeypatch.setattr(building, "_run_compiler", failing)
    building.main()
    assert "it does not compile" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
