"""The quarantine: every reason documented, every reject to be found and to be tried again."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import psycopg
import pytest
from typer.testing import CliRunner, Result

from flows.load import load_batch, start_run
from flows.load.quarantine import open_rejects
from flows.load.values import LoadBatch
from flows.values import ReasonCode, Reject, Stage
from tests.corpus import response, warc
from tests.web_server import serving

PAGE = Path(__file__).resolve().parents[1] / "docs" / "rejects.md"
GOOD = "عنوان {0}\n\nقال الوزير أمس إن الاجتماع {0} تأجل.\n"
BAD_BYTES = b"\xc3\x28\xff\xfe\x81\x8d\x8f\x90\x9d"


@pytest.fixture
def musnad(flow_environment: pytest.MonkeyPatch) -> Callable[..., Result]:
    """The command, in this process: one Prefect server serves all runs."""
    assert flow_environment
    from flows.cli import _build  # noqa: PLC0415 - Prefect reads its settings when it is imported

    def run(*arguments: str) -> Result:
        done = CliRunner().invoke(_build(), list(arguments))
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done

    return run


@pytest.fixture
def folder(tmp_path: Path, database_url: str) -> Path:
    """An empty folder, and no reject of another test left open."""
    with psycopg.connect(database_url, autocommit=True) as owner:
        owner.execute("UPDATE ops.rejects SET resolved_run_id = run_id")
    return tmp_path


def rejects(url: str) -> list[tuple[Any, ...]]:
    """File name, locator, reason, attempts and whether it is open, of the rejects last met."""
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "SELECT uri, locator, reason_code, attempts, resolved_run_id IS NULL FROM ops.rejects"
            " ORDER BY run_id, uri, locator, reject_id"
        )
        return [(row[0].rpartition("/")[2], *row[1:]) for row in rows]


def replayed(done: Result) -> tuple[int, int]:
    """How many rejects were replayed and resolved, over all runs."""
    runs = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    return sum(run["n_replayed"] for run in runs), sum(run["n_resolved"] for run in runs)


def last(url: str, question: str) -> Any:
    with psycopg.connect(url) as connection:
        row = connection.execute(question.encode()).fetchone()
    assert row is not None
    return row[0]


def test_the_page_of_reasons_lists_each_with_its_stage_and_no_other() -> None:
    rows = re.findall(r"^\| `(\w+)` \| ([\w, ]+) \| .+ \| .+ \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert [code for code, _ in rows] == sorted(get_args(ReasonCode))
    assert {stage for _, stages in rows for stage in stages.split(", ")} == set(get_args(Stage))


def test_rejects_are_listed_by_reason_and_by_run(musnad: Callable[..., Result], loader_url: str, folder: Path) -> None:
    assert folder
    with psycopg.connect(loader_url, autocommit=True) as connection:
        runs = [start_run(connection, flow_run_id=None, ruleset_version="test", parameters={}) for _ in range(2)]
        for number, (run, code) in enumerate(((runs[0], "empty"), (runs[0], "too_large"), (runs[1], "empty"))):
            reject = Reject(f"file:///list/{number}", "", "extract", code, f"[{number}] is bad", b"raw [1]")  # type: ignore[arg-type] # both are codes
            load_batch(connection, run, number, LoadBatch(rejects=(reject,)))

    def listed(*arguments: str) -> list[str]:
        lines = musnad("rejects", "list", "--json", *arguments).stdout.splitlines()
        return sorted(json.loads(line)["message"] for line in lines)

    assert listed() == ["[0] is bad", "[1] is bad", "[2] is bad"]
    assert listed("--reason", "empty") == ["[0] is bad", "[2] is bad"]
    assert listed("--run", str(runs[0].run_id)) == ["[0] is bad", "[1] is bad"]
    assert listed("--reason", "empty", "--run", str(runs[1].run_id)) == ["[2] is bad"]
    assert "[2] is bad" in musnad("rejects", "list").stdout
    reject_id = json.loads(musnad("rejects", "list", "--json").stdout.splitlines()[0])["reject_id"]
    assert "raw, 7 bytes kept:\nraw [1]" in musnad("rejects", "show", str(reject_id)).stdout
    assert json.loads(musnad("rejects", "show", str(reject_id), "--json").stdout)["raw"] == "raw [1]"


def test_a_revisit_is_found_in_whatever_file_and_run_its_page_came_from(
    musnad: Callable[..., Result], folder: Path
) -> None:
    def crawl(name: str, kind: str, digest: str, content: bytes) -> None:
        headers = {"WARC-Target-URI": f"https://news.example/{name}", "WARC-Payload-Digest": digest}
        (folder / name).write_bytes(warc((kind, headers, content)))

    def counts(name: str) -> tuple[int, int, int]:
        run = json.loads(musnad("ingest", str(folder / name), "--workers", "2", "--json").stdout)
        return run["n_loaded"], run["n_duplicate"], run["n_rejected"]

    page = response(f"<html><h1>خبر</h1><p>{GOOD.format('زحف')}</p></html>".encode(), Content_Type="text/html")
    crawl("1.warc", "revisit", "sha1:ONE", response(b""))
    crawl("2.warc", "response", "sha1:ONE", page)
    crawl("3.warc", "revisit", "sha1:TWO", response(b""))
    assert counts("*.warc") == (1, 1, 1)
    crawl("4.warc", "revisit", "sha1:ONE", response(b""))
    assert counts("4.warc") == (0, 1, 0)
    crawl("5.warc", "response", "sha1:TWO", page.replace(b"<h1>", b"<h1>\xd8\xa7 "))
    assert counts("5.warc") == (1, 0, 0)
    assert replayed(musnad("rejects", "replay", "--json")) == (1, 1)


def test_a_replay_after_the_mend_loads_the_record_and_resolves_its_row(
    musnad: Callable[..., Result], database_url: str, folder: Path
) -> None:
    (folder / "mended.txt").write_bytes(b"")
    (folder / "still.txt").write_bytes(b"")
    assert musnad("ingest", str(folder), "--published", "2024-03-25", "--source", "wafa").exit_code == 0
    (folder / "mended.txt").write_text(GOOD.format("مصلح"), encoding="utf-8")
    done = musnad("rejects", "replay", "--json", "--strict")
    assert done.exit_code == 3
    assert replayed(done) == (2, 1)
    assert rejects(database_url)[-2:] == [("mended.txt", "", "empty", 1, False), ("still.txt", "", "empty", 2, True)]
    # with what was said of its run, also when it is replayed a second time
    (folder / "still.txt").write_text(GOOD.format("آخر"), encoding="utf-8")
    assert "Of 1 rejects 1 are resolved, 0 are still rejected." in musnad("rejects", "replay", "--strict").stdout
    published = "SELECT string_agg(published_date || ' ' || publisher_key, ', ') FROM mart.articles"
    assert last(database_url, published) == "2024-03-25 wafa, 2024-03-25 wafa"
    assert "Of 0 rejects" in musnad("rejects", "replay").stdout


def test_only_the_rejected_lines_of_a_file_are_read_again(
    musnad: Callable[..., Result], database_url: str, folder: Path
) -> None:
    lines = [json.dumps({"title": f"خبر {n}", "text": GOOD.format(n)}, ensure_ascii=False) for n in range(3)]
    path = folder / "day.jsonl"
    path.write_text("\n".join([lines[0], "{broken", lines[2], "{broken too"]) + "\n", encoding="utf-8")
    musnad("ingest", str(folder))
    path.write_text("\n".join([lines[0], lines[1], lines[2], "{broken too"]) + "\n", encoding="utf-8")
    assert replayed(musnad("rejects", "replay", "--json")) == (2, 1)
    assert last(database_url, "SELECT n_read || ' ' || n_loaded FROM ops.runs ORDER BY run_id DESC LIMIT 1") == "2 1"
    (first, second) = rejects(database_url)[-2:]
    assert (first[1], first[4], second[1], second[3:]) == ("line:2", False, "line:4", (2, True))


def test_one_reject_can_be_replayed_by_its_number(musnad: Callable[..., Result], loader_url: str, folder: Path) -> None:
    for name in ("one.txt", "two.txt"):
        (folder / name).write_bytes(b"")
    musnad("ingest", str(folder))
    for name in ("one.txt", "two.txt"):
        (folder / name).write_text(GOOD.format(name), encoding="utf-8")
    with psycopg.connect(loader_url) as connection:
        ids = [reject.reject_id for reject in open_rejects(connection)]
    assert replayed(musnad("rejects", "replay", str(ids[1]), "--json")) == (1, 1)
    with psycopg.connect(loader_url) as connection:
        assert [reject.reject_id for reject in open_rejects(connection)] == ids[:1]
    with pytest.raises(LookupError, match="there is no reject 999999"):
        musnad("rejects", "replay", "999999")


GONE = [
    # a whole file
    ("file:///gone/a.txt", "", GOOD.format("أ").encode(), 1),
    # a line, which is put back at its place
    ("file:///gone/b.jsonl", "line:7", json.dumps({"title": "خبر", "text": GOOD.format("ب")}).encode(), 1),
    # an element of an array
    ("file:///gone/c.json", "index:3", json.dumps({"title": "خبر", "text": GOOD.format("ج")}).encode(), 1),
    # a member of an archive
    ("file:///gone/d.zip", "member:d.txt", GOOD.format("د").encode(), 1),
    # more than was kept
    ("file:///gone/e.txt", "", GOOD.format("ه").encode() * 2_000, 0),
    # nothing was kept
    ("file:///gone/f.txt", "", b"", 0),
    # what was kept is still bad
    ("file:///gone/g.txt", "", b" \n", 0),
    # a store that cannot be reached
    ("http://127.0.0.1:9/h.txt", "", b"", 0),
]


@pytest.mark.parametrize(("uri", "locator", "raw", "n_resolved"), GONE)
@pytest.mark.usefixtures("folder")
def test_where_the_source_is_gone_what_was_kept_stands_in_for_it(  # noqa: PLR0917 - a case and three fixtures
    musnad: Callable[..., Result], database_url: str, uri: str, locator: str, raw: bytes, n_resolved: int
) -> None:
    with psycopg.connect(database_url, autocommit=True) as connection:
        run = start_run(connection, flow_run_id=None, ruleset_version="test", parameters={})
        reject = Reject(uri, locator, "extract", "bad_charset", "made up", raw)
        load_batch(connection, run, 1, LoadBatch(rejects=(reject,)))
    assert replayed(musnad("rejects", "replay", "--json")) == (1, n_resolved)
    name = uri.rpartition("/")[2]
    row = next(row for row in rejects(database_url) if row[:3] == (name, locator, "bad_charset"))
    assert row[3:] == (2 - n_resolved, n_resolved == 0)
    where = f"SELECT count(*) FROM news.document_locations WHERE uri = '{uri}' AND locator = '{locator}'"
    assert last(database_url, where) == n_resolved


def test_a_mended_manifest_reaches_its_files(musnad: Callable[..., Result], database_url: str, folder: Path) -> None:
    (folder / "told.txt").write_text(GOOD.format("مروي"), encoding="utf-8")
    (folder / "manifest.csv").write_text("file,source,retrieved\ntold.txt,wafa,soon\n", encoding="utf-8")
    musnad("ingest", str(folder))
    assert rejects(database_url)[-1] == ("manifest.csv", "row:1", "bad_manifest", 1, True)
    assert replayed(musnad("rejects", "replay", "--json")) == (1, 0)
    assert rejects(database_url)[-1] == ("manifest.csv", "row:1", "bad_manifest", 2, True)
    (folder / "manifest.csv").write_text("file,source,retrieved\ntold.txt,wafa,2024-03-26\n", encoding="utf-8")
    assert replayed(musnad("rejects", "replay", "--json")) == (1, 1)
    assert last(database_url, "SELECT n_read FROM ops.runs ORDER BY run_id DESC LIMIT 1") == 1


def test_a_place_that_fails_another_way_stays_open(
    musnad: Callable[..., Result], database_url: str, folder: Path
) -> None:
    (folder / "odd.txt").write_bytes(b"")
    musnad("ingest", str(folder))
    (folder / "odd.txt").unlink()
    shutil.copy("/bin/true", folder / "odd.txt")  # a program: no format we know
    assert replayed(musnad("rejects", "replay", "--json")) == (1, 0)
    found = [row[2:] for row in rejects(database_url) if row[0] == "odd.txt"]
    assert found == [("empty", 2, True), ("unknown_format", 1, True)]
    (folder / "odd.txt").write_text(GOOD.format("سليم"), encoding="utf-8")
    assert replayed(musnad("rejects", "replay", "--json")) == (2, 2)


def test_no_secret_of_an_input_reaches_prefect_the_ledger_or_a_message(
    musnad: Callable[..., Result], database_url: str
) -> None:
    from prefect.client.orchestration import get_client  # noqa: PLC0415 - Prefect reads its settings when imported

    with serving({"/a.txt": GOOD.format("سر").encode(), "/b.txt": b""}) as web:
        secret = web.replace("//", "//user:hunter2@")
        done = musnad("ingest", *(f"{secret}/{name}?token=hunter2" for name in ("a.txt", "b.txt")), "--json")
    report = json.loads(done.stdout.splitlines()[-1])
    assert (report["n_loaded"], report["rejects"]) == (1, {"empty": 1})
    with get_client(sync_client=True) as client:
        stored = json.dumps([run.model_dump(mode="json") for run in client.read_flow_runs()], ensure_ascii=False)
    assert f"{web}/a.txt" in stored
    assert "hunter2" not in stored + done.output
    assert last(database_url, "SELECT uri FROM ops.rejects ORDER BY reject_id DESC LIMIT 1") == f"{web}/b.txt"
    everything = "SELECT string_agg(t, '') FROM ({}) AS _ (t)".format(
        " UNION ALL ".join(
            f"SELECT each::text FROM {table} AS each"
            for table in ("ops.runs", "ops.rejects", "news.document_locations")
        )
    )
    assert "hunter2" not in last(database_url, everything)
