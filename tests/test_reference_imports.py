"""Importing names: what is told apart, taken, refused; the same file twice; files meant to do harm."""

from __future__ import annotations

import bz2
import csv
import gzip
import json
import lzma
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.reference.home import reference_tables
from flows.reference.imports import ImportReport, ReferenceImportError, import_reference, lines
from flows.reference.imports.screening import Vocabulary, screened
from flows.reference.tables import ReferenceTables
from flows.transform import annotate_text, load_rules
from flows.transform.names.keys import coined, name_words
from flows.values import EntityKind

HEADER = "entity_key,kind,name,name_ar,names,use,country_code"
VOCABULARY = Vocabulary.of(ReferenceTables())

Import = Callable[..., ImportReport]


def import_into(folder: Path, path: Path, max_bytes: int = 10_000_000) -> ImportReport:
    return import_reference(
        path, folder, max_bytes=max_bytes, coined_key=lambda kind, name: coined(kind, name_words(name), name).key
    )


@pytest.fixture
def imported(tmp_path: Path) -> Import:
    """Imports a text or bytes as a file, into the one reference folder of the test."""

    def run(content: str | bytes, name: str = "given.csv") -> ImportReport:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return import_into(tmp_path / "reference", path)

    return run


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for path in sorted((folder / "reference" / "imports").glob(f"*/{table}.csv")):
        lines_ = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
        found.extend(csv.DictReader(lines_))
    return found


SCREENED: list[tuple[str, EntityKind, str, bool, str, str]] = [
    # name, kind, use asked for, own file, use given, part of the reason
    ("سليم التجريبي", "person", "", True, "full", ""),
    # one word of a person is a last name
    ("التجريبي", "person", "", True, "surname", ""),
    # one word of a place: whoever lists it knows it, a dump does not
    ("قبقابيا", "place", "", True, "full", ""),
    ("قبقابيا", "place", "", False, "guarded", ""),
    # a given name is no person; a place of that name needs a witness
    ("محمد", "person", "", True, "", "a given name alone"),
    ("مريم", "place", "", True, "guarded", ""),
    ("UNXYZ", "organisation", "", False, "acronym", ""),
    # words of the language, with the article and without, however written
    ("الوزارة", "organisation", "", True, "", "common noun"),
    ("وزير", "organisation", "", True, "", "title"),
    ("صُوَر", "place", "", True, "", "ordinary"),
    ("النافذة", "organisation", "", True, "", "ordinary"),
    # two words of the language are a person's name only after a given name
    ("الكبير الصغير", "person", "", True, "", "ordinary"),
    ("نور الشريف", "person", "", True, "full", ""),
    # but one may be listed to count beside a witness
    ("صور", "place", "guarded", True, "guarded", ""),
    ("السوري", "person", "", True, "", "nationality"),
    ("سوريون", "group", "", True, "", "nationality"),
    ("الاثنين", "organisation", "", True, "", "time"),
    ("يناير", "place", "", True, "", "time"),
    ("خمسة", "place", "", True, "", "number"),
    ("قال", "place", "guarded", True, "", "verb"),
    # letters
    ("و", "organisation", "", True, "", "one letter"),
    ("٣", "organisation", "", True, "", "one letter"),
    ("قم", "place", "", True, "", "two Arabic letters"),
    ("who", "organisation", "", True, "", "capital"),
    ("北京", "place", "", True, "", "letters neither"),
    ("أحمد <b>علي</b>", "person", "", True, "", "signs"),
    ("دقلو (حميدتي)", "person", "", True, "", "signs"),
    ("ا" * 121, "place", "", True, "", "longer"),
    ("كلمة " * 13, "place", "", True, "", "longer"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "kind", "use", "is_own", "expected", "reason"), SCREENED)
def test_names_that_are_words_are_refused_and_the_others_get_a_use(
    name: str, kind: EntityKind, use: str, *, is_own: bool, expected: str, reason: str
) -> None:
    found, said = screened(name, kind, use, is_own=is_own, vocabulary=VOCABULARY)
    assert found == expected
    assert reason in said
    assert bool(said) == bool(reason)


def test_a_csv_adds_entities_and_spellings_that_a_page_then_names(imported: Import, tmp_path: Path) -> None:
    report = imported(
        f"{HEADER}\n"
        ",person,Salim Namudhaji,سليم النموذجي,سليم بن علي النموذجي|سالم النموذجي,,LB\n"
        "organisation:qabqab-oil,,,شركة قبقاب للنفط,,,\n"
    )
    assert (sorted(report.added), report.n_names_added) == (["organisation:qabqab-oil", "person:salim-namudhaji"], 5)
    rules = load_rules(reference_tables(tmp_path / "reference"))
    page = annotate_text("التقى سالم النموذجي وفدا من شركة قبقاب للنفط.", rules)
    assert [mention.entity.key for mention in page.mentions if mention.entity] == [
        "person:salim-namudhaji", "organisation:qabqab-oil",
    ]  # fmt: skip
    assert rules.version != load_rules().version


def test_the_same_file_again_writes_nothing(imported: Import, tmp_path: Path) -> None:
    content = f"{HEADER}\n,person,,سليم النموذجي,,,LB\n,place,Qabqab,قبقابيا,,,\n,place,,الوزارة,,,\n"
    first, second = imported(content), imported(content)
    assert (len(first.added), first.n_refused) == (2, 1)
    assert (second.layer, len(second.added), len(second.changed), len(second.unchanged)) == ("", 0, 0, 2)
    assert second.n_refused == first.n_refused
    assert len(list((tmp_path / "reference" / "imports").iterdir())) == 1


def test_a_listed_entity_is_met_by_name_and_only_filled(imported: Import, tmp_path: Path) -> None:
    report = imported("kind,name_ar,names,country_code\nperson,جو بايدن,جوزيف روبينيت بايدن الابن,US\n")
    assert (report.changed, report.n_names_added, report.n_names_unchanged) == ({"person:joe-biden"}, 1, 1)
    assert rows(tmp_path, "entities") == []


def test_a_namesake_of_another_country_is_refused_its_name(imported: Import) -> None:
    report = imported("kind,name_ar,country_code\nperson,جو بايدن,FR\n")
    assert (len(report.added), dict(report.reasons)) == (0, {"it names person:joe-biden already": 1})


def test_values_given_with_a_key_replace_what_is_listed(imported: Import, tmp_path: Path) -> None:
    report = imported("entity_key,name\nperson:joe-biden,Joseph R. Biden\n")
    assert report.changed == {"person:joe-biden"}
    tables = reference_tables(tmp_path / "reference").read("entities", ("name", "name_ar"))
    found = next(row for row in tables if row["entity_key"] == "person:joe-biden")
    assert (found["name"], found["name_ar"], found["country_code"]) == ("Joseph R. Biden", "جو بايدن", "US")


def test_a_use_replaces_that_of_a_listed_spelling(imported: Import, tmp_path: Path) -> None:
    row = "entity_key,names,use\nplace:tyre,صور,guarded\nperson:joe-biden,بايدن,guarded\n"
    assert imported(row).changed == {"person:joe-biden"}
    names = reference_tables(tmp_path / "reference").read("entity_names", ("name", "use"))
    assert [r["use"] for r in names if (r["entity_key"], r["name"]) == ("person:joe-biden", "بايدن")] == ["guarded"]
    assert imported(row).layer == ""


def test_what_a_killed_import_left_goes(imported: Import, tmp_path: Path) -> None:
    (tmp_path / "reference" / "imports" / ".new-x").mkdir(parents=True)
    imported("kind,name_ar\nperson,سليم النموذجي\n")
    assert [path.name for path in (tmp_path / "reference" / "imports").iterdir()] == ["0001-given"]


def test_an_arabic_name_alone_gets_the_key_a_text_would_coin(imported: Import) -> None:
    assert imported("kind,name_ar\nperson,عبد الباسط النموذجي\n").added == {
        coined("person", name_words("عبدالباسط النموذجي"), "").key
    }


REFUSED_ROWS = [
    # row, part of the reason
    (",planet,,المريخ البعيد,,,", "kind is none of"),
    ("person:a b,,,سليم النموذجي,,,", "an entity_key is"),
    ("place:x,person,,سليم النموذجي,,,", "an entity_key is"),
    (",person,,سليم النموذجي,,often,", "use is none of"),
    (",person,,سليم النموذجي,,,Lebanon", "cannot be a country_code"),
    (",person,,,,,", "it has no name"),
    (",person,,النموذجي,,,", "a last name alone"),
    (",person,,سليم", "4 cells for 7 columns"),
    ('"', "no row of a CSV"),
]


@pytest.mark.parametrize(("row", "reason"), REFUSED_ROWS)
def test_a_row_that_cannot_be_used_is_refused_with_its_line(imported: Import, row: str, reason: str) -> None:
    report = imported(f"{HEADER}\n,person,,فريد النموذجي,,,\n{row}\n")
    assert len(report.added) == 1
    assert [(each.line, reason in each.reason) for each in report.refused] == [(3, True)]


def test_what_an_open_quotation_mark_swallows_is_said(imported: Import) -> None:
    tags = ("".join("ابتثجحخدذر"[int(digit)] for digit in str(number)) for number in range(4_000))
    rows_ = "".join(f",person,,سليم {tag} النموذجي,,,\n" for tag in tags)
    report = imported(f'{HEADER}\n,"{rows_}')
    (refusal,) = report.refused
    last = int(refusal.what.rpartition(" ")[2])
    assert (refusal.line, "no row of a CSV" in refusal.reason) == (2, True)
    assert len(report.added) == 4_001 - last  # the others are there


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_spreadsheets_part_cells_as_they_like(imported: Import, delimiter: str) -> None:
    content = "\ufeffKIND,Name,Name_AR\r\nplace,Qabqab,\u200fقبقابيا\u200e\r\n".replace(",", delimiter)
    assert imported(content).added == {"place:qabqab"}


def statement(value: Any, rank: str = "normal") -> dict[str, Any]:
    return {"mainsnak": {"snaktype": "value", "datavalue": {"value": value}}, "rank": rank}


def thing(number: int, label: str, kind: str = "Q5", **claims: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "type": "item",
        "id": f"Q{number}",
        "labels": {"ar": {"language": "ar", "value": label}},
        "aliases": {"ar": [{"language": "ar", "value": f"{label} الثاني"}]},
        "claims": {"P31": [statement({"id": kind})], **claims},
    }


def test_a_wikidata_extract_gives_kind_country_ids_and_aliases(imported: Import, tmp_path: Path) -> None:
    egypt, france = statement({"id": "Q79"}), statement({"id": "Q142"})
    things = [
        thing(900_001, "سليم النموذجي", P27=[egypt]),
        thing(900_002, "قبقابيا العليا", "Q515", P17=[france, statement({"id": "Q79"}, "preferred")],
              P1566=[statement("99990001")]),
        thing(900_003, "فريد النموذجي", P27=[egypt, france]),
        thing(900_004, "شيء آخر بعيد", "Q999999999"),
        {"id": "Q900005", "labels": {}}, {"id": "P31"}, {"labels": 5}, 1, None,
    ]  # fmt: skip
    text = "[\n" + ",\n".join(json.dumps(each, ensure_ascii=False) for each in things) + "\n]\n"
    report = imported(text, "extract.json")
    assert report.format == "wikidata"
    found = {row["wikidata_id"]: (row["kind"], row["country_code"], row["geonames_id"]) for row in
             rows(tmp_path, "entities")}  # fmt: skip
    assert found == {
        "Q900001": ("person", "EG", ""), "Q900002": ("place", "EG", "99990001"), "Q900003": ("person", "", ""),
    }  # fmt: skip
    assert report.n_names_added == 6
    assert sorted(each.line for each in report.refused) == [5, 6, 7, 8, 9, 10]


def test_an_array_in_a_line_and_an_answer_of_the_api_are_read_too(imported: Import) -> None:
    first, second = thing(900_001, "سليم النموذجي"), thing(900_002, "فريد النموذجي")
    assert len(imported(json.dumps([first, second])).added) == 2
    answer = {"entities": {"Q900001": first, "Q900003": thing(900_003, "راشد النموذجي")}, "success": 1}
    report = imported(json.dumps(answer))
    assert (len(report.added), len(report.unchanged)) == (1, 1)


def test_spellings_beyond_count_are_refused(imported: Import) -> None:
    names = "|".join(f"سليم النموذجي {'ا' * (number % 60 + 1)} {'ب' * (number // 60 + 1)}" for number in range(600))
    report = imported(f"kind,name_ar,names\nperson,سليم النموذجي,{names}\n")
    assert (report.n_names_added, report.n_refused) == (501, 1)


def test_an_item_of_wikidata_is_met_by_its_id(imported: Import) -> None:
    report = imported(json.dumps(thing(6279, "جوزيف النموذجي بايدن")), "extract.json")
    assert report.changed == {"person:joe-biden"}


def test_the_kinds_of_wikidata_are_ours() -> None:
    table = ReferenceTables().read("wikidata_kinds", ("wikidata_id", "kind"))
    assert {row["kind"] for row in table} == set(get_args(EntityKind))
    assert len({row["wikidata_id"] for row in table}) == len(table)


JRC = """\
900001\tP\tu\tSalim+Namudhaji
900001\tP\tar\tسليم+النموذجي
900001\tP\tfa\tسلیم+نموذجی
900001\tP\tu\tسالم+النموذجي
900002\tU\tar\tشيء+مجهول
900003\tP\tu\tNo+Arabic
900004\tO\tar\tمصرف+قبقابيا+الأهلي
no line
"""


def test_jrc_names_gives_what_is_in_arabic_letters(imported: Import, tmp_path: Path) -> None:
    report = imported(JRC, "entities")
    assert (report.format, sorted(report.added)) == (
        "jrc-names", ["organisation:مصرف-قبقابيا-الاهلي", "person:salim-namudhaji"],
    )  # fmt: skip
    assert {row["name"] for row in rows(tmp_path, "entity_names")} == {
        "Salim Namudhaji", "سليم النموذجي", "سالم النموذجي", "مصرف قبقابيا الأهلي",
    }  # fmt: skip
    assert [each.line for each in report.refused] == [5, 6, 8]


def test_a_thing_of_jrc_names_is_met_by_its_number(imported: Import) -> None:
    imported(JRC, "entities")
    report = imported("900001\tP\tar\tسليم+راشد+النموذجي\n", "later")
    assert report.changed == {"person:salim-namudhaji"}


@pytest.mark.parametrize("compress", [gzip.compress, bz2.compress, lzma.compress])
def test_compressed_files_are_read_as_they_are(imported: Import, compress: Callable[[bytes], bytes]) -> None:
    assert len(imported(compress(JRC.encode())).added) == 2


HOSTILE = [
    # what it is, its bytes, part of the sentence
    ("nothing", b"", "is empty"),
    ("a picture", b"\x89PNG\r\n\x1a\n\x00\x00", "is no text in UTF-8"),
    ("a spreadsheet", b"PK\x03\x04\xff\xfe", "is no text in UTF-8"),
    ("prose", "خبر من دون أعمدة\n".encode(), "no header of ours"),
    ("a cut gzip", gzip.compress(JRC.encode())[:-9], "compression is damaged"),
    ("a broken gzip", b"\x1f\x8b\x08" + b"\xff" * 50, "compression is damaged"),
    ("a cut bzip2", bz2.compress(JRC.encode())[:-9], "compression is damaged"),
    ("a bomb", gzip.compress(b"\n" * 20_000_000), "larger than"),
    ("a line without end", gzip.compress(b"x" * 20_000_000), "larger than"),
]


@pytest.mark.parametrize(("what", "content", "sentence"), HOSTILE, ids=[case[0] for case in HOSTILE])
def test_a_file_that_cannot_be_read_leaves_nothing(
    imported: Import, tmp_path: Path, what: str, content: bytes, sentence: str
) -> None:
    with pytest.raises(ReferenceImportError, match=sentence):
        imported(content, what.replace(" ", "-"))
    assert not list((tmp_path / "reference").glob("imports/*"))


@pytest.mark.parametrize("name", ["missing.csv", "."])
def test_a_path_that_is_no_file_is_one_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(ReferenceImportError, match="cannot be read"):
        import_into(tmp_path / "reference", tmp_path / name)


def test_lines_that_do_harm_are_refused_and_their_neighbours_taken(
    imported: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "MAX_LINE", 10_000)
    bad = [b"[" * 9_000, b'{"id": "\xff\xfe"}', b"9" * 5_000, b'{"id": ' + b"1" * 9_000 + b"}", b"x" * 50_000]
    good = json.dumps(thing(900_001, "سليم النموذجي")).encode()
    report = imported(b"\n".join([good, *bad, good.replace(b"900001", b"900002").replace(b"\\u0633", b"\\u0634")]))
    assert [each.line for each in report.refused] == [2, 3, 4, 5, 6]
    assert len(report.added) == 2


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=8), st.randoms(use_true_random=False))
def test_no_text_breaks_an_import(
    tmp_path_factory: pytest.TempPathFactory, cells: list[str], chance: random.Random
) -> None:
    folder = tmp_path_factory.mktemp("import")
    head = chance.choice([HEADER, JRC.splitlines()[0], json.dumps(thing(1, "أ"))])
    path = folder / "given"
    path.write_text(f"{head}\n{chance.choice([',', chr(9), chr(10)]).join(cells)}\n", "utf-8", errors="surrogateescape")
    first, again = (import_into(folder / "reference", path) for _ in range(2))
    assert again.layer == "", "the same file again writes nothing"
    keys = {row["entity_key"] for row in reference_tables(folder / "reference").read("entity_names", ("entity_key",))}
    assert first.added <= keys


def test_the_lines_of_a_site_are_a_table_of_ones_own(tmp_path: Path) -> None:
    """As docs/reference.md says: a folder beside the imports may hold any table."""
    line = "صوت الحارة ينقل لكم الخبر"
    text = f"عنوان الخبر الأول\nقال الوزير أمس إن الحكومة ستعلن خطة جديدة.\n{line}\nوأضاف أن الخطة تشمل عدة مدن."
    own = tmp_path / "imports" / "0002-my-sites"
    own.mkdir(parents=True)
    (own / "segment_cues.csv").write_text(
        f"phrase,kind,match,effect,origin\n{line},boilerplate,line,,my site's footer\n", encoding="utf-8"
    )
    for folder, is_chrome in ((tmp_path / "without", False), (tmp_path, True)):
        segments = annotate_text(text, load_rules(reference_tables(folder))).segments
        (found,) = [segment for segment in segments if text[segment.start : segment.end] == line]
        assert (found.kind == "boilerplate") == is_chrome
