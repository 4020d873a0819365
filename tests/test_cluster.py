"""The embedded Postgres, on real servers: made, started, killed, moved, locked out."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from flows.warehouse import Cluster, WarehouseError
from flows.warehouse.account import server_account
from flows.warehouse.configuration import settings_text
from flows.warehouse.logins import grant_logins
from flows.warehouse.passwords import read_passwords
from flows.warehouse.postmaster import find_postmaster

HomeMaker = Callable[[], Path]


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
    query = "select current_setting('listen_addresses'), current_setting('unix_socket_directories')"
    assert ask(shared.url("owner"), query) == [("127.0.0.1", "")]


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
    with pytest.raises(psycopg.OperationalError, match="permission denied"):
        psycopg.connect(shared.url("reader"), dbname="postgres")
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
    with subprocess.Popen(["/bin/sleep", "60"], user=account.uid, group=account.gid) as other:
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
    script = (
        "import pathlib, sys; from flows.warehouse import Cluster as C; print(C(pathlib.Path(sys.argv[1])).start().pid)"
    )
    command = [sys.executable, "-c", script, str(cluster.home)]
    starters = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    pids = {starter.communicate(timeout=60)[0] for starter in starters}
    assert [starter.returncode for starter in starters] == [0, 0, 0]
    assert len(pids) == 1
