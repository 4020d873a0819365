"""Sidecar manifests: metadata joined to bare files, and no file lost to a bad row."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from flows.extract.files import GivenFacts, InputFile
from flows.extract.inputs import find_inputs
from flows.extract.manifest import is_manifest
from flows.values import Statement


def lay(folder: Path, files: dict[str, str]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


def given(files: list[InputFile], name: str) -> GivenFacts:
    (file,) = (file for file in files if file.uri.endswith("/" + name))
    assert file.given is not None
    return file.given


def published(facts: GivenFacts) -> list[str]:
    return [each.value for each in facts.statements if each.topic == "published"]


ROW = {"published": "2024-03-25", "url": "https://example.com/1"}
MANIFESTS = [
    # one row a file
    ("manifest.csv", "file,published,url\na.txt,2024-03-25,https://example.com/1\n"),
    # names of columns in capitals, space around values, a BOM, semicolons
    ("manifest.csv", "\ufeffFile; Published ;URL\n ./a.txt ; 2024-03-25 ;https://example.com/1\n"),
    # tabs
    ("manifest.csv", "file\tpublished\turl\na.txt\t2024-03-25\thttps://example.com/1\n"),
    # a pattern
    ("manifest.csv", "file,published,url\n*.txt,2024-03-25,https://example.com/1\n"),
    # a list of mappings; a date stays the words it is
    ("manifest.yaml", "- file: a.txt\n  published: 2024-03-25\n  url: https://example.com/1\n"),
    # a mapping of files
    ("manifest.yml", "a.txt:\n  published: 2024-03-25\n  url: https://example.com/1\n"),
    # the file's own
    ("a.txt.manifest.yaml", "published: 2024-03-25\nurl: https://example.com/1\n"),
    # the file's own, by its name without suffix
    ("a.manifest.yaml", "published: 2024-03-25\nurl: https://example.com/1\n"),
]


@pytest.mark.parametrize(("name", "content"), MANIFESTS)
@pytest.mark.parametrize("named", ["", "a.txt", "*.txt"])
def test_a_manifest_tells_of_files_beside_it_and_is_none_itself(
    tmp_path: Path, name: str, content: str, named: str
) -> None:
    lay(tmp_path, {"a.txt": "نص", name: content})
    (file,) = find_inputs([str(tmp_path / named)])
    assert file.given is not None
    assert file.given.statements == (Statement("published", "manifest:published", ROW["published"], "given"),)
    assert file.given.url == ROW["url"]


def test_a_manifest_reaches_folders_below_and_a_nearer_one_has_the_first_word(tmp_path: Path) -> None:
    lay(
        tmp_path,
        {
            "manifest.csv": "file,published,source\nday/a.txt,2024-01-01,wafa\nday/*.txt,2024-01-02,reuters\n",
            "day/manifest.csv": "file,published\na.txt,2024-01-03\n",
            "day/c.manifest.yaml": "published: 2024-01-04\n",
            "day/a.txt": "ا", "day/b.txt": "ب", "day/c.txt": "ج",
        },
    )  # fmt: skip
    files = find_inputs([str(tmp_path)])
    assert [published(given(files, f"day/{name}.txt")) for name in "abc"] == [
        ["2024-01-03"], ["2024-01-02"], ["2024-01-04"],
    ]  # fmt: skip
    # what the nearest does not say comes from the others
    assert [given(files, f"day/{name}.txt").source_key for name in "abc"] == ["wafa", "reuters", "reuters"]


def test_every_column_is_used_or_kept(tmp_path: Path) -> None:
    columns = "file,published,source,url,retrieved,title,author,desk"
    row = "a.txt,أمس,صحيفة لا نعرفها,https://e.com/1,2024-03-26T08:00:00+03:00,عنوان,كاتب,دولي"
    lay(tmp_path, {"a.txt": "نص", "manifest.csv": f"{columns}\n{row}\n"})
    facts = given(find_inputs([str(tmp_path)]), "a.txt")
    assert [(each.topic, each.field, each.value) for each in facts.statements] == [
        ("author", "manifest:author", "كاتب"),
        ("published", "manifest:published", "أمس"),
        ("publisher", "manifest:source", "صحيفة لا نعرفها"),
        ("title", "manifest:title", "عنوان"),
    ]
    assert (facts.source_key, facts.url) == (None, "https://e.com/1")
    assert facts.retrieved_at == datetime(2024, 3, 26, 8, tzinfo=timezone(timedelta(hours=3)))
    assert facts.fields == (("manifest:desk", "دولي"),)


BAD = [
    # no file named
    ("manifest.csv", "file,published\n,2024-03-25\n", "row:1", "names no file"),
    # no column for it
    ("manifest.csv", "when,what\n2024-03-25,خبر\n", "", "has no column file"),
    # elsewhere
    ("manifest.csv", "file,published\n../a.txt,2024-03-25\n", "row:1", "in the manifest's folder"),
    ("manifest.csv", "file,published\n/etc/passwd,2024-03-25\n", "row:1", "in the manifest's folder"),
    # an address that is none
    ("manifest.csv", "file,url\na.txt,javascript:alert(1)\n", "row:1", "begin it with https://"),
    # a time that is none
    ("manifest.csv", "file,retrieved\na.txt,soon\n", "row:1", "write it as 2024-03-26T08:00:00Z"),
    # a comma too many
    ("manifest.csv", "file,source\na.txt,one,two\n", "row:1", "more cells than there are columns"),
    # broken quotes
    ("manifest.csv", 'file,source\na.txt,"one" two\n', "", "no CSV after line 1"),
    # a second row that is wrong
    ("manifest.yaml", "- file: a.txt\n- published: 2024\n", "index:2", "names no file"),
    # no YAML at all, and YAML that is no list of mappings
    ("manifest.yaml", "{a: [", "", "no YAML"),
    ("manifest.yaml", "- a.txt\n", "", "write each file as - file: NAME"),
    # deeper than anyone writes
    ("manifest.yaml", "[" * 100_000, "", "nested too deep"),
    # files that are not there, by name and by pattern
    ("manifest.csv", "file,published\na.txt,2024\nb.txt,2024\n", "row:2", "there is no file b.txt"),
    ("manifest.csv", "file,published\nold/*.txt,2024\n", "row:1", "there is no file old/*.txt"),
    ("b.txt.manifest.yaml", "published: 2024\n", "", "there is no file b.txt"),
]


@pytest.mark.parametrize(("name", "content", "locator", "sentence"), BAD)
def test_a_bad_row_is_a_reject_that_names_it_and_no_file_is_lost(
    tmp_path: Path, name: str, content: str, locator: str, sentence: str
) -> None:
    lay(tmp_path, {"a.txt": "نص", name: content})
    file, fault = find_inputs([str(tmp_path)])
    assert (file.uri, file.fault) == (f"file://{tmp_path}/a.txt", None)
    assert fault.fault is not None
    assert (fault.fault.uri, fault.fault.locator) == (f"file://{tmp_path}/{name}", locator)
    assert fault.fault.reason_code == "bad_manifest"
    assert fault.fault.message.startswith(f"file://{tmp_path}/{name} {locator}".rstrip() + ": ")
    assert sentence in fault.fault.message


def test_a_manifest_may_name_files_that_are_not_read_now(tmp_path: Path) -> None:
    lay(tmp_path, {"a.txt": "نص", "b.htm": "x", "manifest.csv": "file,published\na.txt,2024\nb.htm,2024\nc.txt,2024\n"})
    for name in ("a.txt", "*.txt"):
        (file,) = find_inputs([str(tmp_path / name)])
        assert file.fault is None
        assert file.given is not None


def test_aliases_in_yaml_do_not_multiply(tmp_path: Path) -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n"
    bomb += "".join(f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join([f'*{chr(97 + i)}'] * 9)}]\n" for i in range(12))
    lay(tmp_path, {"a.txt": "نص", "manifest.yaml": bomb})
    files = find_inputs([str(tmp_path)])
    assert [file.uri.rpartition("/")[2] for file in files] == ["a.txt", "manifest.yaml"]


NAMES = [
    ("file:///d/manifest.csv", True), ("s3://b/MANIFEST.YAML", True), ("file:///d/خبر.txt.manifest.yml", True),
    # data that only sound like it
    ("file:///d/manifest.txt", False), ("file:///d/manifest.json", False), ("file:///manifest.csv/a.txt", False),
]  # fmt: skip


@pytest.mark.parametrize(("uri", "expected"), NAMES)
def test_a_manifest_is_known_by_its_name(uri: str, *, expected: bool) -> None:
    assert is_manifest(uri) is expected


FACTS = GivenFacts(
    (Statement("published", "manifest:published", "2024-03-25", "given"),),
    "wafa", "https://e.com/1", datetime(2024, 3, 26, tzinfo=UTC), (("manifest:desk", "دولي"),),
)  # fmt: skip


def test_what_a_record_says_of_itself_goes_before_what_is_said_of_the_file_it_is_in() -> None:
    own = Statement("published", "json:/date", "2024-03-20")
    assert FACTS.unsaid([own]) == ()
    assert FACTS.unsaid([Statement("title", "json:/title", "خبر")]) == FACTS.statements


def test_the_pages_in_a_file_do_not_share_its_address() -> None:
    assert (FACTS.of_parts().url, FACTS.of_parts().source_key) == (None, "wafa")
