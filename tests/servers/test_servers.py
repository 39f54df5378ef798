"""The embedded servers: several users, kills, taken ports, dead files."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import redis

from shop_demo.servers import postgres, running, stop
from shop_demo.servers.folder import account, secret
from tests.workers import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture
def var(open_folder: Path, monkeypatch) -> Iterator[Path]:
    for name in ("DATABASE_URL", "CELERY_BROKER_URL"):
        monkeypatch.delenv(name)
    yield open_folder
    stop(open_folder)


def postmaster(var: Path) -> int:
    return int((var / "postgres" / "data" / "postmaster.pid").read_text().splitlines()[0])


def test_two_users_share_the_servers_and_the_last_one_stops_them(var):
    with running(var) as first:
        with running(var) as second:
            assert first == second
        with psycopg.connect(first.database) as connection:
            connection.execute("CREATE EXTENSION vector")
            connection.execute("CREATE TABLE kept AS SELECT '[1,2]'::halfvec AS v")
        redis.Redis.from_url(first.broker).set("kept", "1")
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(first.database, connect_timeout=3)
    with running(var) as again:
        assert redis.Redis.from_url(again.broker).get("kept") == b"1"
        with psycopg.connect(again.database) as connection:
            assert connection.execute("SELECT count(*) FROM kept").fetchone() == (1,)


def test_a_killed_server_comes_back_with_what_was_committed(var):
    with running(var) as urls, psycopg.connect(urls.database, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS n")
        os.kill(postmaster(var), signal.SIGKILL)
        with running(var) as again, psycopg.connect(again.database) as new:
            assert new.execute("SELECT n FROM kept").fetchone() == (7,)


def test_a_process_that_only_has_the_dead_servers_number_is_no_obstacle(var):
    with running(var):
        pass
    pid_file = var / "postgres" / "data" / "postmaster.pid"
    stranger = subprocess.Popen(["sleep", "600"], cwd="/", **account())  # of the servers' own account
    try:
        pid_file.write_text(f"{stranger.pid}\n{pid_file.parent}\n0\n1\n\n127.0.0.1\n")
        with running(var) as urls:
            psycopg.connect(urls.database).close()
    finally:
        stranger.kill()
        stranger.wait()


def test_a_port_that_is_taken_meanwhile_is_given_up(var):
    with running(var) as urls:
        taken = int(urls.database.rsplit(":", 1)[1].split("/")[0])
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", taken))
        other.listen()
        with running(var) as again:
            assert f":{taken}/" not in again.database
            psycopg.connect(again.database).close()


def test_a_cluster_of_which_half_was_made_is_made_again(var):
    data = var / "postgres" / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("18")
    with running(var) as urls:
        psycopg.connect(urls.database).close()


def test_five_starts_at_once_make_one_server(var):
    urls, failed, barrier = set(), [], threading.Barrier(5)

    def use() -> None:
        try:
            with running(var) as found:
                urls.add(found)
                psycopg.connect(found.database).close()
                barrier.wait(120)
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=use) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed and len(urls) == 1


def test_a_command_runs_beside_the_servers_and_its_status_is_told(var):
    script = "import os, psycopg; psycopg.connect(os.environ['DATABASE_URL']); raise SystemExit(7)"
    command = [sys.executable, "-m", "shop_demo.servers", "run", "--var", str(var), "--", sys.executable, "-c", script]
    assert subprocess.run(command, cwd=ROOT).returncode == 7
    assert not (var / "postgres" / "data" / "postmaster.pid").exists()


def test_secrets_are_made_once_and_for_their_owner_only(tmp_path):
    path = tmp_path / "password"
    assert secret(path) == secret(path) and len(secret(path)) > 20
    assert path.stat().st_mode & 0o77 == 0
    assert "scram" not in secret(path) and postgres.SETTINGS["listen_addresses"] == "127.0.0.1"
