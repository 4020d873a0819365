"""When the flow runs: one deployment of the ingest flow over the inbox, served by this process, never overlapping."""

from __future__ import annotations

import atexit
import multiprocessing
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import EntrypointType  # type: ignore[attr-defined]  # its place in 3.8
from prefect.settings import PREFECT_API_URL, PREFECT_CLIENT_MAX_RETRIES, temporary_settings

from flows.extract import InputError
from flows.extract.uris import is_url, public_input
from flows.ingest import ingest
from flows.load import mark_crashed
from flows.settings import load_settings
from flows.warehouse import open_warehouse

DEPLOYMENT = "inbox"
_START_SECONDS = 120
_STOP_SECONDS = 10
_TRIES_OF_OWN = 3
"""A server of our own that does not answer will not come back: asked so often it costs 14 seconds, by default 62."""
_SERVER = """
import os, runpy, sys, threading
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
runpy.run_module("prefect", run_name="__main__", alter_sys=True)
"""
"""Runs the ``prefect`` command until standard input ends, as it does when the process that holds it is killed."""


def serve_inbox(inbox: str, *, cron: str | None, interval: int | None) -> None:
    """Serve the deployment until the process is told to stop.

    A run that falls due while the one before still works waits for it. Without ``PREFECT_API_URL`` a Prefect server
    of our own runs beside this process, on 127.0.0.1, for as long as it lives.

    Args:
        inbox: folder whose files are loaded, made where it does not exist; or fsspec URL of one.
        cron: when, in five fields, UTC; or
        interval: every so many seconds.

    Raises:
        InputError: the URL holds a secret, which Prefect would keep.
    """
    inbox = _settled_place(inbox)
    with psycopg.connect(open_warehouse(load_settings()).url("loader"), autocommit=True) as connection:
        mark_crashed(connection)
    with prefect_api():
        try:
            ingest.serve(
                name=DEPLOYMENT,
                cron=cron,
                interval=interval,
                parameters={"inputs": [inbox], "is_inbox": True},
                description="Loads what is new or changed in the inbox.",
                tags=["musnad"],
                global_limit=ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.ENQUEUE),
                limit=1,
                entrypoint_type=EntrypointType.MODULE_PATH,
            )
        finally:
            _end_runs()


def _settled_place(inbox: str) -> str:
    """The inbox as every run finds it, from whatever folder it is started."""
    if not is_url(inbox):
        folder = Path(inbox).expanduser()
        folder.mkdir(parents=True, exist_ok=True)
        return str(folder.resolve())
    if public_input(inbox) != inbox:
        raise InputError(
            f"the inbox {public_input(inbox)} is named with a secret, which the schedule would keep; "
            "give it by the means of its store, such as AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
        )
    return inbox


@contextmanager
def prefect_api(meanwhile: Callable[[], object] = lambda: None) -> Iterator[str]:
    """The Prefect API to work with: the configured one, else a server of our own for as long as this process lives.

    Ctrl-C on the terminal does not reach the server: it has to note that the run ends.

    Args:
        meanwhile: what to do while the server starts, which takes three seconds.
    """
    configured = PREFECT_API_URL.value()
    if configured:
        meanwhile()
        yield configured
        return
    server, url = _start_server()
    meanwhile()
    _await_health(server, f"{url}/health")
    os.environ["PREFECT_API_URL"] = url
    try:
        with temporary_settings({PREFECT_API_URL: url, PREFECT_CLIENT_MAX_RETRIES: _TRIES_OF_OWN}):
            yield url
    finally:
        os.environ.pop("PREFECT_API_URL", None)


def _start_server() -> tuple[subprocess.Popen[bytes], str]:
    """A Prefect server and its address; it ends after this process has told it everything, however that ends.

    Prefect sends what it has logged when the interpreter shuts down, and tries for a minute where nobody listens. What
    :mod:`atexit` knows is done after that.
    """
    port = _free_port()
    server = subprocess.Popen(
        [sys.executable, "-c", _SERVER, "server", "start", "--host", "127.0.0.1", "--port", str(port)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    atexit.register(_stop_server, server)
    return server, f"http://127.0.0.1:{port}/api"


def _stop_server(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.communicate(timeout=_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.communicate()


def _end_runs() -> None:
    """End runs still at work, so that stopping never waits for them; each is cancelled in the ledger.

    Prefect's runner starts them as child processes, and a process waits for its children before it ends.
    """
    runs = multiprocessing.active_children()
    for run in runs:
        run.terminate()
    for run in runs:
        run.join(_STOP_SECONDS)
        if run.is_alive():
            run.kill()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _await_health(server: subprocess.Popen[bytes], url: str) -> None:
    """Wait until the server answers.

    Raises:
        RuntimeError: it ended, or did not answer in time.
    """
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise RuntimeError(f"the Prefect server ended with status {server.returncode}; run prefect server start")
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310 - our own address on 127.0.0.1
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise RuntimeError(f"the Prefect server did not answer within {_START_SECONDS} seconds")
