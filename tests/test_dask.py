"""``--dask``: the workers of a cluster load the same rows, one of them killed in the middle; faults in one sentence."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest

from flows.dask_cluster import DaskError, Terms, agreed_terms, what_is_wrong
from flows.extract.files import FileStamp, InputFile
from flows.reference.tables import ReferenceTables
from flows.settings import load_settings
from flows.slices import cut_files
from tests.warehouse_rows import Rows, differences, news_rows
from tests.web_server import serving

SEEDS = sorted((Path(__file__).resolve().parents[1] / "seeds" / "documents").iterdir())
N_FILES, N_LINES = 6, 20
PATIENCE_SECONDS = 180
COUNTS = ("n_read", "n_loaded", "n_unchanged", "n_duplicate", "n_rejected")


def corpus() -> dict[str, bytes]:
    """Files of lines: news, the same again elsewhere, a page that changed, and lines that are none."""
    texts = [path.read_text(encoding="utf-8") for path in SEEDS]
    return {f"/{number}.jsonl": "\n".join(_lines(number, texts)).encode() for number in range(N_FILES)}


def _lines(file: int, texts: list[str]) -> Iterator[str]:
    for line in range(N_LINES):
        number = file * N_LINES + line
        record = {
            "text": f"{texts[number % len(texts)]}\n\nفقرة رقم {number}.",
            "url": f"https://news.example/{number}",
        }
        yield json.dumps(record, ensure_ascii=False)
    yield json.dumps({"text": f"عنوان\n\nقال الوزير إن الاجتماع {file} تأجل.", "url": "https://news.example/changing"})
    yield json.dumps({"text": "عنوان\n\nنص واحد في كل ملف عن الاجتماع."})
    yield '{"text": '


class Cluster:
    """A scheduler and two workers on this machine, each a process of its own."""

    def __init__(self, stack: ExitStack, folder: Path) -> None:
        self._stack = stack
        self._folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{port}"
        self._start("scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
        self.workers = [self.start_worker() for _ in range(2)]

    def start_worker(self) -> subprocess.Popen[bytes]:
        return self._start(
            "worker", self.address, "--host", "127.0.0.1", "--nworkers", "1", "--nthreads", "1", "--no-dashboard",
            "--no-nanny", "--local-directory", str(self._folder),
        )  # fmt: skip

    def _start(self, *arguments: str) -> subprocess.Popen[bytes]:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
        environment |= {"PREFECT_HOME": str(self._folder / "prefect"), "MUSNAD_HOME": str(self._folder / "home")}
        command = [sys.executable, "-m", "dask", *arguments]
        log = self._stack.enter_context((self._folder / f"{arguments[0]}.log").open("ab"))
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        self._stack.callback(process.wait)
        self._stack.callback(process.kill)
        return process


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with ExitStack() as stack:
        yield Cluster(stack, tmp_path_factory.mktemp("dask"))


@pytest.fixture
def ingest(flow_environment: pytest.MonkeyPatch, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The ingest flow, in batches of a few records."""
    assert flow_environment
    monkeypatch.setenv("MUSNAD_BATCH_RECORDS", "10")
    monkeypatch.setenv("MUSNAD_BATCH_BYTES", "200000")
    load_settings.cache_clear()
    from flows.ingest import ingest as flow  # noqa: PLC0415 - Prefect reads its settings when it is imported

    yield flow
    load_settings.cache_clear()


@pytest.fixture
def load(
    ingest: Any, new_warehouse: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[list[int], Rows, str]]:
    """Loads INPUTs into a warehouse of their own; gives the counts of the run, the rows, and the owner's URL."""

    def run(inputs: list[str], during: Callable[[str], object] | None = None, **options: Any) -> Any:
        urls = new_warehouse()
        monkeypatch.setenv("MUSNAD_DATABASE_URL", urls.loader)
        load_settings.cache_clear()
        meanwhile = threading.Thread(target=during, args=(urls.owner,)) if during else None
        if meanwhile:
            meanwhile.start()
        report = ingest(inputs, **options)
        if meanwhile:
            meanwhile.join()
        with psycopg.connect(urls.owner) as connection:
            return [report.run[name] for name in COUNTS], news_rows(connection), urls.owner

    return run


@contextmanager
def written(folder: Path) -> Iterator[list[str]]:
    """The corpus in a folder."""
    for name, content in corpus().items():
        (folder / name.strip("/")).write_bytes(content)
    yield [str(folder)]


@contextmanager
def served(_folder: Path) -> Iterator[list[str]]:
    """The corpus behind URLs."""
    with serving(corpus()) as address:
        yield [address + name for name in corpus()]


@pytest.mark.parametrize("place", [written, served])
def test_workers_of_a_cluster_load_the_same_rows_as_this_machine(
    load: Any, cluster: Cluster, tmp_path: Path, place: Callable[[Path], Any]
) -> None:
    with place(tmp_path) as inputs:
        counts, rows, _ = load(inputs, workers=1)
        assert counts == [N_FILES * (N_LINES + 3), N_FILES * (N_LINES + 1) + 1, 0, N_FILES - 1, N_FILES]
        far_counts, far_rows, _ = load(inputs, dask=cluster.address)
    assert far_counts == counts
    assert differences(far_rows, rows) == []


def test_a_worker_killed_in_the_middle_loses_and_doubles_nothing(load: Any, cluster: Cluster, tmp_path: Path) -> None:
    def kill_one(url: str) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        with psycopg.connect(url, autocommit=True) as connection:
            while connection.execute("SELECT count(*) > 3 FROM ops.run_batches").fetchone() != (True,):
                assert time.monotonic() < deadline
                time.sleep(0.01)
        cluster.workers[0].send_signal(signal.SIGKILL)
        cluster.start_worker()

    with served(tmp_path) as inputs:
        counts, rows, _ = load(inputs, workers=1)
        found_counts, found_rows, url = load(inputs, kill_one, dask=cluster.address)
    assert cluster.workers[0].poll() == -signal.SIGKILL
    assert found_counts == counts
    assert differences(found_rows, rows) == []
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT state FROM ops.runs").fetchall() == [("completed",)]


def test_a_scheduler_that_does_not_answer_is_one_sentence(ingest: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.ingest._DASK_SECONDS", 1)
    with pytest.raises(DaskError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:1"):
        ingest([str(SEEDS[0])], dask="tcp://127.0.0.1:1")


def test_without_dask_the_extra_is_named(ingest: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "prefect_dask.task_runners", None)
    with pytest.raises(DaskError, match="needs the extra dask"):
        ingest([str(SEEDS[0])], dask="tcp://127.0.0.1:1")


@pytest.fixture
def terms(prefect_server: str, loader_url: str, tmp_path: Path) -> Iterator[Terms]:
    """Terms this very process fulfils."""
    with agreed_terms(ReferenceTables(), prefect_server, loader_url, str(tmp_path / "archive")) as agreed:
        yield agreed


def test_a_worker_like_this_process_is_right(terms: Terms) -> None:
    assert what_is_wrong(terms) == ""
    assert "postgresql://" not in repr(terms)


UNLIKE = [
    ({"python": (3, 9)}, "runs another Python than this run"),
    ({"ruleset_version": "0" * 32}, "has other rules than this run"),
    ({"mark": "/nowhere/mark"}, "does not see the raw archive"),
    ({"url": "postgresql://a:hidden@127.0.0.1:1/x"}, "cannot reach the warehouse"),
    ({"prefect_api": "http://127.0.0.1:1/api"}, "cannot reach Prefect at http://127.0.0.1:1/api"),
]


@pytest.mark.parametrize(("change", "sentence"), UNLIKE)
def test_a_worker_that_differs_is_refused_with_the_mend(terms: Terms, change: dict[str, Any], sentence: str) -> None:
    wrong = what_is_wrong(replace(terms, **change))
    assert sentence in wrong
    assert "hidden" not in wrong


def test_files_are_cut_into_slices_of_about_so_many_bytes() -> None:
    sizes = [40, 40, 40, 200, 10, None, 10]
    files = [InputFile(f"https://a/{at}", "", is_remote=True, stamp=FileStamp(size)) for at, size in enumerate(sizes)]
    slices = list(cut_files(files, 100))
    assert [[file.stamp.size for file in part if file.stamp] for part in slices] == [
        [40, 40], [40], [200], [10], [None], [10],
    ]  # fmt: skip
