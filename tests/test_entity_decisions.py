"""People's decisions: what may be decided, what it does to pages and tables, and that it can be taken back."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
import pytest

from flows.batches import BatchJob, process_batch
from flows.load import start_run, sync_reference
from flows.reference.catalogue import load_catalogue
from flows.reference.deciding import DecisionError, describe, revoke, take
from flows.reference.decisions import Action, Decision
from flows.reference.home import read_decisions, reference_tables
from flows.reference.tables import ReferenceDataError
from flows.transform import annotate_text, load_rules
from flows.transform.rules import ruleset_version
from tests.conftest import Urls, temporary_home
from tests.news import record

ROOT = Path(__file__).resolve().parents[1]
PAGE = "قال أنتوني بلينكن إن جو بايدن في واشنطن. وأضاف بلينكن أن المتحدث باسم الجيش فريد راشد النموذجي وصل."
COINED = "person:فريد-راشد-النموذجي"


def draft(action: Action, key: str = "", into: str = "", spelling: str = "", name: str = "") -> Decision:
    return Decision(action, "editor", "because", key, into, spelling, name)


def named(folder: Path, page: str = PAGE) -> dict[str, str | None]:
    """The key of each surface of a page; the name of what was renamed stands in for it."""
    mentions = annotate_text(page, load_rules(reference_tables(folder))).mentions
    return {page[m.start : m.end]: m.entity.key if m.entity else None for m in mentions}


def test_a_page_without_decisions_names_whom_the_tables_list(tmp_path: Path) -> None:
    assert named(tmp_path) == {
        "أنتوني بلينكن": "person:antony-blinken", "جو بايدن": "person:joe-biden",
        "واشنطن": "place:washington-dc", "بلينكن": "person:antony-blinken", "فريد راشد النموذجي": COINED,
    }  # fmt: skip


EFFECTS = [
    # decisions, what of the page changes
    ([draft("merge", "person:antony-blinken", "person:jake-sullivan")],
     {"أنتوني بلينكن": "person:jake-sullivan", "بلينكن": "person:jake-sullivan"}),
    # a way of two merges
    ([draft("merge", "person:antony-blinken", "person:jake-sullivan"),
      draft("merge", "person:jake-sullivan", "person:joe-biden")],
     {"أنتوني بلينكن": "person:joe-biden", "بلينكن": "person:joe-biden"}),
    # someone a text coined is someone listed, and the other way round
    ([draft("merge", COINED, "person:jake-sullivan")], {"فريد راشد النموذجي": "person:jake-sullivan"}),
    ([draft("merge", "person:joe-biden", COINED)], {"جو بايدن": COINED}),
    # a spelling moves to someone listed, or to someone new
    ([draft("split", "person:joe-biden", "person:jake-sullivan", "جو بايدن")], {"جو بايدن": "person:jake-sullivan"}),
    ([draft("split", "person:joe-biden", "person:joe-biden-jr", "جو بايدن")], {"جو بايدن": "person:joe-biden-jr"}),
    ([draft("split", COINED, "person:farid", "فريد راشد النموذجي")], {"فريد راشد النموذجي": "person:farid"}),
    # a spelling that names nothing, or not this one
    ([draft("ban", spelling="واشنطن")], {"واشنطن": "-"}),
    ([draft("ban", COINED, spelling="فريد راشد النموذجى")], {"فريد راشد النموذجي": None}),
]  # fmt: skip


@pytest.mark.parametrize(("decisions", "changes"), EFFECTS)
def test_a_decision_changes_what_pages_name_and_its_revocation_undoes_it(
    tmp_path: Path, decisions: Sequence[Decision], changes: dict[str, str | None]
) -> None:
    before = named(tmp_path)
    version = ruleset_version(reference_tables(tmp_path))
    taken = [take(tmp_path, each) for each in decisions]
    expected: dict[str, str | None] = {**before, **changes}
    assert named(tmp_path) == {surface: key for surface, key in expected.items() if key != "-"}
    assert ruleset_version(reference_tables(tmp_path)) != version
    for each in reversed(taken):
        revoke(tmp_path, each.number, by="editor", why="no")
    assert named(tmp_path) == before
    assert ruleset_version(reference_tables(tmp_path)) == version


@pytest.mark.parametrize(
    ("key", "name", "country_code"),
    [
        # a head with a nationality, and with a leader
        ("organisation:fr-navy", "Navy of France", "FR"),
        ("organisation:joe-biden-administration", "Joe Biden administration", "US"),
    ],
)
def test_a_body_that_texts_make_is_called_as_they_call_it(
    tmp_path: Path, key: str, name: str, country_code: str
) -> None:
    taken = take(tmp_path, draft("merge", "organisation:hamas", key))
    assert (taken.name, taken.country_code) == (name, country_code)
    row = next(row for row in reference_tables(tmp_path).read("entities", ("name",)) if row["entity_key"] == key)
    assert (row["name"], row["country_code"]) == (name, country_code)


@pytest.mark.parametrize("key", ["person:joe-biden", COINED])
def test_a_renamed_entity_keeps_its_key(tmp_path: Path, key: str) -> None:
    take(tmp_path, draft("rename", key, name="New Name"))
    mentions = annotate_text(PAGE, load_rules(reference_tables(tmp_path))).mentions
    assert [m.entity.name for m in mentions if m.entity and m.entity.key == key] == ["New Name"]


FIRST = [
    draft("merge", "person:antony-blinken", "person:jake-sullivan"),
    draft("ban", spelling="واشنطن"),
]
REFUSED = [
    # decision, part of the sentence
    (draft("merge", "person:jake-sullivan", "person:antony-blinken"), "was merged into person:jake-sullivan"),
    (draft("merge", "person:joe-biden", "person:antony-blinken"), "was merged into person:jake-sullivan"),
    (draft("merge", "person:antony-blinken", "person:joe-biden"), "was merged into person:jake-sullivan"),
    (draft("merge", "person:joe-biden", "person:joe-biden"), "into itself"),
    (draft("merge", "person:no-such-person", "person:joe-biden"), "is no entity"),
    (draft("merge", "joe", "person:joe-biden"), "is no entity"),
    (draft("merge", "place:washington-dc", "person:joe-biden"), "not one thing"),
    (draft("split", "person:joe-biden", "person:joe-2", "نتنياهو"), "has no spelling"),
    (draft("split", "person:joe-biden", "person:joe biden", "بايدن"), "is no key"),
    (draft("split", "person:joe-biden", "place:biden", "بايدن"), "not one thing"),
    (draft("split", "person:joe-biden", "person:joe-biden", "بايدن"), "already"),
    (draft("split", "person:joe-biden", "person:antony-blinken", "بايدن"), "was merged"),
    (draft("rename", "person:joe-biden"), "is called so already"),
    (draft("rename", "person:joe-biden", name="Joe Biden"), "is called so already"),
    (draft("ban"), "needs the spelling"),
    (draft("ban", "person:joe-biden", spelling="نتنياهو"), "has no spelling"),
    (draft("ban", spelling="واشنطن"), "decision 2 says so already"),
    (Decision("ban", "", "because", spelling="x"), "say by"),
    (Decision("ban", "editor", "\u200f ", spelling="x"), "say why"),
    (Decision("ban", "editor", "w" * 501, spelling="x"), "longer than"),
]


@pytest.mark.parametrize(("decision", "sentence"), REFUSED)
def test_a_decision_that_cannot_be_is_refused_and_not_written(
    tmp_path: Path, decision: Decision, sentence: str
) -> None:
    for each in FIRST:
        take(tmp_path, each)
    with pytest.raises(DecisionError, match=sentence):
        take(tmp_path, decision)
    assert len(read_decisions(tmp_path)) == len(FIRST)


def test_a_decision_others_build_on_stays_until_they_go(tmp_path: Path) -> None:
    take(tmp_path, draft("split", "person:joe-biden", "person:joe-biden-jr", "جو بايدن"))
    take(tmp_path, draft("merge", "person:joe-biden-jr", "person:jake-sullivan"))
    with pytest.raises(DecisionError, match="decision 2 builds on it"):
        revoke(tmp_path, 1, by="editor", why="no")
    revoke(tmp_path, 2, by="editor", why="no")
    revoke(tmp_path, 1, by="editor", why="no")
    for number in (1, 3, 99, -1):
        with pytest.raises(DecisionError, match="no decision"):
            revoke(tmp_path, number, by="editor", why="no")


def test_decisions_taken_at_once_are_all_kept(tmp_path: Path) -> None:
    keys = [f"person:joe-{number}" for number in range(8)]
    drafts = [draft("split", "person:joe-biden", key, "بايدن") for key in keys]
    with ThreadPoolExecutor(4) as threads:
        outcomes = list(threads.map(lambda each: attempt(tmp_path, each), drafts))
    assert outcomes.count("") == len(read_decisions(tmp_path)) == 1  # one got the spelling, the others found it gone


def attempt(folder: Path, decision: Decision) -> str:
    try:
        take(folder, decision)
    except DecisionError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("damage", ["{", "[]", '{"number": 1}', '{"action": "merge", "by": 1}', "[" * 9_999, "null"])
def test_a_damaged_file_of_decisions_is_named(tmp_path: Path, damage: str) -> None:
    take(tmp_path, draft("ban", spelling="واشنطن"))
    with (tmp_path / "decisions.jsonl").open("a", encoding="utf-8") as file:
        file.write(damage + "\n")
    with pytest.raises(ReferenceDataError, match="line 2"):
        reference_tables(tmp_path)


def test_an_entity_is_found_by_key_and_by_spelling(tmp_path: Path) -> None:
    take(tmp_path, draft("merge", "person:antony-blinken", "person:jake-sullivan"))
    assert [each["entity_key"] for each in describe(tmp_path, "بلينكن")] == ["person:jake-sullivan"]
    (merged,) = describe(tmp_path, "person:antony-blinken")
    assert (merged["merged_into"], merged["decisions"]) == ("person:jake-sullivan", [1])
    with pytest.raises(DecisionError, match="no entity"):
        describe(tmp_path, "لا أحد بهذا الاسم")


# -- the warehouse


def ask(connection: psycopg.Connection, question: str) -> list[tuple[Any, ...]]:
    return connection.execute(question.encode()).fetchall()


REDIRECTS = """
    SELECT gone.entity_key, kept.entity_key, decided_by, reason, revoked_by IS NOT NULL
    FROM news.entity_redirects AS redirect
    JOIN news.entities AS gone ON gone.entity_id = redirect.from_entity_id
    JOIN news.entities AS kept ON kept.entity_id = redirect.to_entity_id
    ORDER BY redirect_id"""
NAMES = """
    SELECT entity_key, basis FROM news.entity_names JOIN news.entities USING (entity_id)
    WHERE entity_names.name = 'أنتوني بلينكن'"""
WRITTEN = "SELECT xmin::text FROM news.{table} ORDER BY xmin::text::bigint DESC LIMIT 1"


def sync(connection: psycopg.Connection, folder: Path) -> None:
    sync_reference(connection, load_catalogue(reference_tables(folder)))


def test_a_load_brings_merges_names_and_revocations_into_the_tables(
    new_warehouse: Callable[[], Urls], tmp_path: Path
) -> None:
    with psycopg.connect(new_warehouse().loader, autocommit=True) as connection:
        sync(connection, tmp_path)
        assert ask(connection, NAMES) == [("person:antony-blinken", "reference")]
        ids = ask(connection, "SELECT entity_key, entity_id FROM news.entities ORDER BY 1")
        take(tmp_path, draft("merge", "person:antony-blinken", "person:jake-sullivan"))
        sync(connection, tmp_path)
        merged = ("person:antony-blinken", "person:jake-sullivan", "editor", "because")
        assert ask(connection, REDIRECTS) == [(*merged, False)]
        assert ask(connection, NAMES) == [("person:jake-sullivan", "decided")]
        assert ask(connection, "SELECT entity_key, entity_id FROM news.entities ORDER BY 1") == ids
        before = [ask(connection, WRITTEN.format(table=table)) for table in ("entities", "entity_names", "sources")]
        sync(connection, tmp_path)
        after = [ask(connection, WRITTEN.format(table=table)) for table in ("entities", "entity_names", "sources")]
        assert after == before  # what is right already is not written
        revoke(tmp_path, 1, by="another", why="no")
        take(tmp_path, draft("merge", "person:antony-blinken", "person:jake-sullivan"))
        sync(connection, tmp_path)
        assert ask(connection, REDIRECTS) == [(*merged, True), (*merged, False)]


def test_a_coined_entity_is_redirected_once_a_text_has_named_it(
    new_warehouse: Callable[[], Urls], tmp_path: Path
) -> None:
    with psycopg.connect(new_warehouse().loader, autocommit=True) as connection:
        take(tmp_path, draft("merge", COINED, "person:jake-sullivan"))
        sync(connection, tmp_path)
        assert ask(connection, REDIRECTS) == []
        connection.execute("INSERT INTO news.entities (entity_key, kind, name) VALUES (%s, 'person', 'x')", [COINED])
        sync(connection, tmp_path)
        assert [row[:2] for row in ask(connection, REDIRECTS)] == [(COINED, "person:jake-sullivan")]


def test_a_renamed_coined_entity_is_itself_again_when_that_is_revoked(
    new_warehouse: Callable[[], Urls], tmp_path: Path
) -> None:
    state = f"SELECT name, is_listed FROM news.entities WHERE entity_key = '{COINED}'"
    with psycopg.connect(new_warehouse().loader, autocommit=True) as connection:
        connection.execute("INSERT INTO news.entities (entity_key, kind, name) VALUES (%s, 'person', 'فريد')", [COINED])
        connection.execute(
            "INSERT INTO news.entity_names (entity_id, name, folded_name, basis)"
            " SELECT entity_id, name, name, 'observed' FROM news.entities WHERE entity_key = %s",
            [COINED],
        )
        take(tmp_path, draft("rename", COINED, name="Farid"))
        sync(connection, tmp_path)
        assert ask(connection, state) == [("Farid", True)]
        revoke(tmp_path, 1, by="editor", why="no")
        sync(connection, tmp_path)
        assert ask(connection, state) == [("فريد", False)]


SHOWN = "SELECT surface, entity_key FROM mart.mentions ORDER BY article_id, char_start"


def test_facts_keep_the_id_they_were_loaded_with_and_dashboards_follow(
    new_warehouse: Callable[[], Urls], tmp_path: Path
) -> None:
    url = new_warehouse().loader
    with psycopg.connect(url, autocommit=True) as connection:

        def load(text: str) -> None:
            tables = reference_tables(tmp_path)
            sync_reference(connection, load_catalogue(tables))
            run = start_run(connection, flow_run_id=None, ruleset_version=ruleset_version(tables), parameters={})
            process_batch(BatchJob(1, (record(text, f"{run.run_id}.txt"),), run, tables=tables), url)

        load("قال أنتوني بلينكن إنه عاد.")
        loaded = ask(connection, "SELECT entity_id FROM news.mentions")
        take(tmp_path, draft("merge", "person:antony-blinken", "person:jake-sullivan"))
        load("قال أنتوني بلينكن إنه سافر.")
        assert ask(connection, SHOWN) == [("أنتوني بلينكن", "person:jake-sullivan")] * 2
        assert ask(connection, "SELECT entity_id FROM news.mentions ORDER BY article_id LIMIT 1") == loaded
        revoke(tmp_path, 1, by="editor", why="no")
        load("قال أنتوني بلينكن إنه وصل.")
        keys = [key for _, key in ask(connection, SHOWN)]
        assert keys == ["person:antony-blinken", "person:jake-sullivan", "person:antony-blinken"]


# -- the command


def musnad(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "flows.cli", "entities", *arguments],
        cwd=ROOT, env={"MUSNAD_HOME": str(home), "COLUMNS": "200"}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_command_takes_shows_and_refuses_decisions() -> None:
    with temporary_home() as home:
        done = musnad(
            home, "merge", "person:antony-blinken", "person:jake-sullivan", "--why", "same", "--by", "me", "--json"
        )
        assert json.loads(done.stdout)["number"] == 1
        again = musnad(home, "merge", "person:jake-sullivan", "person:antony-blinken", "--why", "same")
        assert (again.returncode, again.stdout) == (2, "")
        assert again.stderr.count("\n") == 1
        assert musnad(home, "merge", "person:joe-biden", "person:jake-sullivan").returncode == 2  # says not why
        (shown,) = map(json.loads, musnad(home, "list", "--json").stdout.splitlines())
        assert (shown["action"], shown["by"], shown["why"]) == ("merge", "me", "same")
        assert "is person:jake-sullivan" in " ".join(musnad(home, "list").stdout.split())
        assert musnad(home, "revoke", "1", "--why", "no").returncode == 0
        assert musnad(home, "list", "--json").stdout == ""
        assert len(musnad(home, "list", "--all", "--json").stdout.splitlines()) == 2
