"""The hot modules of the transform as machine code, where a C compiler was at hand: the same source, compiled by mypyc.

What is compiled is a cache of the source, as byte code is: it lies in a folder of ``flows/__pycache__`` named by a hash
of all it was made from, so that source that was changed since simply runs as source. ``python -m flows.native.build``
makes it (``make install`` does); without it everything works the same and takes about three times as long.
``MUSNAD_NATIVE=0`` leaves it aside.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import EXTENSION_SUFFIXES, ExtensionFileLoader, ModuleSpec
from importlib.util import cache_from_source, spec_from_file_location
from pathlib import Path
from types import ModuleType

FLOWS = Path(__file__).resolve().parents[1]
LIBRARY = "musnad__mypyc"
"""The module that holds the code of all; the others lead into it."""
SUFFIX = EXTENSION_SUFFIXES[0]
_DEPENDS_ON = ("values.py", "annotation.py", "text", "reference", "transform", "native")


class _NativeLoader(ExtensionFileLoader):
    """Loads machine code in the place of a source file, which the module goes on to name as its own file."""

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return super().create_module(ModuleSpec(spec.name, self, origin=self.path))

    def exec_module(self, module: ModuleType) -> None:
        super().exec_module(module)
        if module.__spec__ is not None and module.__spec__.origin:
            module.__file__ = module.__spec__.origin


class NativeFinder(MetaPathFinder):
    """Finds the modules that one folder holds as machine code, and leaves all others to whom it may concern."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find_spec(
        self, fullname: str, _path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The module's machine code, said to come from its source file (from beside the package, for the library)."""
        if fullname == LIBRARY:
            source, compiled = FLOWS.parent / f"{LIBRARY}{SUFFIX}", self._folder / f"{LIBRARY}{SUFFIX}"
        elif fullname.startswith("flows."):
            source = FLOWS.parent.joinpath(*fullname.split("."))
            source = source / "__init__.py" if source.is_dir() else source.with_suffix(".py")
            compiled = self._folder / source.relative_to(FLOWS.parent).with_suffix(SUFFIX)
        else:
            return None
        if not compiled.is_file():
            return None
        locations = [str(source.parent)] if source.name == "__init__.py" else None
        loader = _NativeLoader(fullname, str(compiled))
        return spec_from_file_location(fullname, source, loader=loader, submodule_search_locations=locations)


def folder() -> Path:
    """Where the machine code of the present source belongs, for this version of Python, whether it is there or not."""
    digest = hashlib.sha256(SUFFIX.encode())
    for name in _DEPENDS_ON:
        path = FLOWS / name
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            digest.update(f"{file.relative_to(FLOWS).as_posix()}\0".encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    cache = Path(cache_from_source(str(FLOWS / "__init__.py"))).parent
    return cache / f"native-{digest.hexdigest()[:32]}"


def is_used() -> bool:
    """Whether this process runs machine code."""
    return any(isinstance(finder, NativeFinder) for finder in sys.meta_path)


def use() -> None:
    """Let the modules that are imported from now on be machine code, if there is any of the present source."""
    if os.environ.get("MUSNAD_NATIVE", "1") != "0" and not is_used():
        place = folder()
        if place.is_dir():
            sys.meta_path.insert(0, NativeFinder(place))
