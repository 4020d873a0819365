"""The big reference tables hold together: keys, references, spellings, and no name that would hit common words."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache
from typing import get_args

import pytest

from flows.reference.tables import ReferenceTables, Row
from flows.text.folded import fold
from flows.values import EntityKind

ENTITY_COLUMNS = ("entity_key", "kind", "name", "name_ar", "wikidata_id", "geonames_id", "country_code")
NAME_COLUMNS = ("entity_key", "name", "language_code", "use")
SOURCE_COLUMNS = ("source_key", "name", "name_ar", "kind", "domain", "country_code", "entity_key")
SOURCE_NAME_COLUMNS = ("source_key", "name", "language_code", "use")

NAME_USES = {"full", "short", "surname", "acronym", "guarded", "club"}
SURE_USES = {"full", "short", "acronym"}
SOURCE_KINDS = {"agency", "newspaper", "broadcaster", "website", "magazine", "wire", "government", "social"}
ORIGINS = {"curated", "cldr", "geonames"}
STOP_CLASSES = {"function", "verb"}

COMMON_WORDS = [
    "أفاد",      # reported: AFAD
    "ماليه",     # financial: Malé
    "مالي",      # financial: Mali
    "دوما",      # always: Douma
    "جده",       # his grandfather: Jeddah
    "صور",       # pictures: Tyre
    "قم",        # rise: Qom
    "ليل",       # night: Lille
    "كان",       # was: the broadcaster Kan
    "والا",      # or else: Walla
    "حوله",      # around it: Hawalli
    "العقبه",    # the obstacle: Aqaba
    "الصعيد",    # the level: Upper Egypt
    "القصير",    # the short one: Al-Qusayr
    "حجه",       # argument: Hajjah
    "صدام",      # clash: Saddam
    "مشار",      # referred to: Machar
    "مغنيه",     # singer: Mughniyeh
    "لمجرد",     # merely: Lamjarred
    "المركزيه",  # central: a news agency
    "العربيه",   # Arabic: a channel
    "الشرق",     # the east: a channel
    "المستقبل",  # the future: a party
    "امل",       # hope: a movement
    "القاعده",   # the base: Al-Qaeda
    "الاهلي",    # civil: a club
    "اسراييل اليوم",  # Israel today: a newspaper
]  # fmt: skip

SAME_THING = [
    ("غزة", "place:gaza-strip"),                               # one entity with the strip
    ("قطاع غزة", "place:gaza-strip"),
    ("أميركا", "place:united-states"),
    ("المملكة العربية السعودية", "place:saudi-arabia"),
    ("نورث كارولاينا", "place:north-carolina"),                # two ways to name a state
    ("كارولاينا الشمالية", "place:north-carolina"),
    ("البنتاغون", "organisation:us-ministry-of-defence"),      # meets the pattern's key
    ("وزارة الدفاع الأمريكية", "organisation:us-ministry-of-defence"),
    ("جيش الدفاع الإسرائيلي", "organisation:il-armed-forces"),
    ("بنيامين نتانياهو", "person:benjamin-netanyahu"),         # transliterations
    ("جايك ساليفان", "person:jake-sullivan"),
    ("طوفان الأقصى", "event:october-7-attacks"),
]  # fmt: skip

ARABIC = re.compile("[\u0600-\u06ff]")


@cache
def entities() -> tuple[Row, ...]:
    return tuple(ReferenceTables().read("entities", ENTITY_COLUMNS))


@cache
def names() -> tuple[Row, ...]:
    return tuple(ReferenceTables().read("entity_names", NAME_COLUMNS))


@cache
def sources() -> tuple[Row, ...]:
    return tuple(ReferenceTables().read("sources", SOURCE_COLUMNS))


@cache
def source_names() -> tuple[Row, ...]:
    return tuple(ReferenceTables().read("source_names", SOURCE_NAME_COLUMNS))


@cache
def spelling(name: str) -> str:
    return fold(name).replace("-", " ")


def repeated(values: list[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


@cache
def sure_keys_by_spelling(*, kinds_apart: bool) -> dict[tuple[str, str], set[str]]:
    keys: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in names():
        if row["use"] in SURE_USES:
            kind = row["entity_key"].partition(":")[0] if kinds_apart else row["language_code"]
            keys[kind, spelling(row["name"])].add(row["entity_key"])
    return keys


def test_the_tables_cover_those_who_make_the_news() -> None:
    kinds = Counter(row["kind"] for row in entities())
    assert all(kinds[kind] >= 1_000 for kind in ("person", "organisation", "place"))
    arabic = {row["source_key"] for row in source_names() if row["language_code"] == "ar"}
    complete = [
        r for r in sources() if r["domain"] and r["country_code"] and r["name_ar"] and r["source_key"] in arabic
    ]
    assert len(complete) >= 300
    states = {row["country"] for row in ReferenceTables().read("demonyms", ("country",)) if row["country_code"]}
    assert states <= {row["name"] for row in entities() if row["kind"] == "place"}


def test_every_key_is_unique_and_the_tables_are_sorted() -> None:
    for rows, column in ((entities(), "entity_key"), (sources(), "source_key")):
        keys = [row[column] for row in rows]
        assert not repeated(keys)
        assert keys == sorted(keys)


def test_an_entity_key_is_its_kind_and_an_ascii_slug() -> None:
    pattern = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
    for row in entities():
        kind, _, slug = row["entity_key"].partition(":")
        assert kind == row["kind"], row
        assert kind in get_args(EntityKind), row
        assert pattern.fullmatch(slug), row


def test_external_ids_have_their_form_and_are_given_once() -> None:
    for row in entities():
        assert re.fullmatch(r"(Q[1-9]\d*)?", row["wikidata_id"]), row
        assert re.fullmatch(r"([1-9]\d*)?", row["geonames_id"]), row
        assert re.fullmatch(r"([A-Z]{2})?", row["country_code"]), row
    for column in ("wikidata_id", "geonames_id"):
        assert not repeated([row[column] for row in entities() if row[column]])


def test_every_origin_is_one_the_readme_explains() -> None:
    for row in (*entities(), *names(), *sources(), *source_names()):
        assert set(row["origin"].split("|")) <= ORIGINS, row


def test_a_geonames_id_always_names_its_origin() -> None:
    for row in entities():
        assert bool(row["geonames_id"]) == ("geonames" in row["origin"]), row


def test_every_name_belongs_to_a_listed_entity() -> None:
    assert {row["entity_key"] for row in names()} <= {row["entity_key"] for row in entities()}


def test_every_entity_can_be_found_by_a_name_or_as_a_people_by_its_nationality_word() -> None:
    demonyms = ReferenceTables().read("demonyms", ("group",))
    found = {row["entity_key"] for row in names()} | {f"group:{row['group']}" for row in demonyms}
    assert {row["entity_key"] for row in entities()} <= found


def test_names_have_a_known_use_and_the_language_of_their_script() -> None:
    for row in (*names(), *source_names()):
        assert row["language_code"] == ("ar" if ARABIC.search(row["name"]) else "en"), row
        assert not re.search(r"[_|/\t]|  ", row["name"]), row
    assert {row["use"] for row in names()} <= NAME_USES
    assert {row["use"] for row in source_names()} == {"name", "credit"}


def test_names_to_show_have_only_the_signs_of_names() -> None:
    assert [row for row in (*entities(), *sources()) if re.search(r"[?؟_|]|  ", row["name"] + row["name_ar"])] == []


def test_no_spelling_is_listed_twice_for_one_key() -> None:
    assert not repeated([f"{row['entity_key']} {spelling(row['name'])}" for row in names()])
    assert not repeated([f"{row['source_key']} {spelling(row['name'])}" for row in source_names()])


def test_a_surname_alone_is_a_person() -> None:
    assert all(row["entity_key"].startswith("person:") for row in names() if row["use"] == "surname")


def test_no_sure_name_means_two_entities_of_one_kind() -> None:
    shared = {name: keys for name, keys in sure_keys_by_spelling(kinds_apart=True).items() if len(keys) > 1}
    assert shared == {}


def test_no_sure_arabic_name_means_two_entities_of_different_kinds() -> None:
    shared = {name: keys for name, keys in sure_keys_by_spelling(kinds_apart=False).items() if len(keys) > 1}
    assert {name: keys for name, keys in shared.items() if name[0] == "ar"} == {}


def test_no_sure_name_is_a_function_word_or_a_verb() -> None:
    stops = ReferenceTables().read("name_stops", ("word", "class"))
    words = {spelling(row["word"]) for row in stops if row["class"] in STOP_CLASSES}
    assert [row for row in names() if row["use"] in SURE_USES and spelling(row["name"]) in words] == []


@pytest.mark.parametrize("word", COMMON_WORDS)
def test_a_common_word_never_counts_as_a_sure_name(word: str) -> None:
    assert [row for row in names() if row["use"] in SURE_USES and spelling(row["name"]) == spelling(word)] == []


@pytest.mark.parametrize("credit", ["واس", "وام", "قنا", "وفا", "بنا", "وات", "واج", "وال", "سبأ", "ومع", "واع"])
def test_a_short_agency_mark_counts_only_in_credit_positions(credit: str) -> None:
    assert {row["use"] for row in source_names() if spelling(row["name"]) == spelling(credit)} == {"credit"}


def test_sources_have_a_known_kind_a_bare_domain_and_a_listed_entity() -> None:
    listed = {row["entity_key"] for row in entities()}
    for row in sources():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["source_key"]), row
        assert row["kind"] in SOURCE_KINDS, row
        assert re.fullmatch(r"([a-z0-9-]+(\.[a-z0-9-]+)+(/[a-z]+)?)?", row["domain"]), row
        assert row["entity_key"] in listed, row
    assert not repeated([row["domain"] for row in sources() if row["domain"]])


def test_every_source_has_a_name_and_every_name_a_source() -> None:
    assert {row["source_key"] for row in source_names()} == {row["source_key"] for row in sources()}


def test_no_source_name_means_two_sources() -> None:
    keys: dict[str, set[str]] = defaultdict(set)
    for row in source_names():
        if row["use"] == "name":
            keys[spelling(row["name"])].add(row["source_key"])
    assert {name: found for name, found in keys.items() if len(found) > 1} == {}


@pytest.mark.parametrize(("name", "key"), SAME_THING)
def test_spellings_of_one_thing_share_its_key(name: str, key: str) -> None:
    assert sure_keys_by_spelling(kinds_apart=True)[key.partition(":")[0], spelling(name)] == {key}


def test_nothing_is_listed_twice_but_countries_share_names_with_their_capitals() -> None:
    kinds = {row["entity_key"]: (row["kind"], row["country_code"]) for row in entities()}
    rows = [(row["entity_key"], name) for row in entities() for name in (row["name"], row["name_ar"]) if name]
    rows += [(row["entity_key"], row["name"]) for row in names() if row["use"] in {"full", "guarded", "club"}]
    shared: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for key, name in rows:
        shared[*kinds[key], spelling(name)].add(key)
    twice = {tuple(sorted(keys)) for keys in shared.values() if len(keys) > 1}
    assert twice == {
        ("place:algeria", "place:algiers"),
        ("place:kuwait", "place:kuwait-city"),
        ("place:tunis", "place:tunisia"),
    }
