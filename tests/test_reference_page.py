"""docs/reference.md keeps its word: its files are imported, its decisions are taken."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import temporary_home

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
EXAMPLES = dict(re.findall(r"<!-- example: (\S+) -->\n```\w+\n(.*?)```", PAGE, re.DOTALL))

EXPECTED = {
    # file: format, entities added, spellings added, refused
    "own.csv": ("csv", 2, 6, 1),
    "wikidata.json": ("wikidata", 1, 3, 1),
    "jrc-names.tsv": ("jrc-names", 1, 2, 1),
    "geonames.tsv": ("geonames", 1, 2, 0),
}


def musnad(home: Path, *arguments: str, page: str | None = None) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "flows.cli", *arguments],
        cwd=ROOT,
        env={"MUSNAD_HOME": str(home), "COLUMNS": "120"},
        input=page,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_examples_are_imported_and_the_decisions_hold(tmp_path: Path) -> None:
    assert set(EXAMPLES) == {*EXPECTED, "decisions"}
    with temporary_home() as home:
        for name, (kind, added, names, refused) in EXPECTED.items():
            (tmp_path / name).write_text(EXAMPLES[name], encoding="utf-8")
            report = json.loads(musnad(home, "reference", "import", str(tmp_path / name), "--json"))
            found = (report["format"], report["added"], report["names_added"], report["refused"])
            assert found == (kind, added, names, refused), report
        for line in EXAMPLES["decisions"].splitlines():
            musnad(home, *shlex.split(line)[1:])
        page = "وصل سليم الحداد النموذجي إلى قبقابيا. واستقبله سليم حداد النموذجي ورائد التجريبي القاسمي."
        mentions = json.loads(musnad(home, "annotate", "-", page=page))["mentions"]
        assert [(each["surface"], each["entity_key"], each["entity"]) for each in mentions] == [
            ("سليم الحداد النموذجي", "person:wadi-namudhaji", "Wadi Namudhaji"),
            ("قبقابيا", "place:qabqabiya", "New Qabqabiya"),
            ("سليم حداد النموذجي", "person:salim-haddad-junior", "سليم حداد النموذجي"),
            ("رائد التجريبي القاسمي", "person:raed-al-tajribi-al-qasimi", "Raed al-Tajribi al-Qasimi"),
        ]


@pytest.mark.parametrize("word", ["merge", "split", "rename", "ban", "revoke", "list", "show"])
def test_every_command_about_entities_is_on_the_page(word: str) -> None:
    assert f"entities {word}" in PAGE
