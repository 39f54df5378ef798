"""`python -m shop_demo.demo [--once | --stop]`; see `--help`."""

import argparse
import fcntl
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import django
import psutil
from tqdm import tqdm

from shop_demo.demo import DemoError
from shop_demo.demo.keys import Keys, keys
from shop_demo.demo.processes import Processes, stop_leftovers
from shop_demo.demo.visit import SeenList, VisitFailed, visit
from shop_demo.servers import running
from shop_demo.servers import stop as stop_servers

ROOT = Path(__file__).resolve().parents[2]
VAR = Path(os.environ.get("SHOP_VAR", ROOT / ".demo")).resolve()
HOST = os.environ.get("SHOP_HOST", "127.0.0.1")
PORT = int(os.environ.get("SHOP_PORT", "8000"))
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m shop_demo.demo", description="The demo shop, all of it.")
    parser.add_argument("--once", action="store_true", help="look at the shop as a shopper, print the lists, end")
    parser.add_argument("--stop", action="store_true", help="stop what a killed demo left running")
    given = parser.parse_args()
    os.chdir(ROOT)
    VAR.mkdir(parents=True, exist_ok=True)
    if given.stop:
        stop_leftovers(VAR / "processes.json")
        stop_servers(VAR)
        return 0
    try:
        return demo(given.once)
    except KeyboardInterrupt:
        return 130
    except (DemoError, OSError, RuntimeError) as error:  # a server that does not start is a RuntimeError
        print(f"\nThe demo failed: {error}", file=sys.stderr)
        return 1


def demo(once: bool) -> int:
    secrets = keys(VAR / "keys.json")
    with alone(), ExitStack() as stack:
        stack.callback(_end_children)
        processes = _open(stack, secrets)
        address = _start(processes, secrets)
        failed = _settle(processes)
        print(f"\n{_welcome(address, secrets)}\n", flush=True)
        if once:
            _print_lists(visit(address))
            processes.check()
            return failed
        print("Ctrl-C stops all of it; nothing is lost.", flush=True)
        _visit_often(processes)
        while True:
            processes.check()
            time.sleep(1)


def _open(stack: ExitStack, secrets: Keys) -> Processes:
    """Servers and the environment of everything that follows. Once something may run, it is stopped on the way out."""
    print("• Postgres and Valkey", flush=True)
    with signals_kept():
        urls = stack.enter_context(running(VAR))
        processes = stack.enter_context(Processes(VAR))
        stack.callback(_ignore_signals)  # runs first: from here to the end, no second Ctrl-C cuts the stopping short
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "shop_demo.settings",
        "DATABASE_URL": urls.database,
        "CELERY_BROKER_URL": urls.broker,
        "SECRET_KEY": os.environ.get("SECRET_KEY") or secrets.secret_key,
        "SHOP_VAR": str(VAR),
        "SHOP_PASSWORD": secrets.shopper_password,
        "MMREC_CACHE": os.environ.get("MMREC_CACHE") or str(VAR / "cache"),
    }
    return processes


def _start(processes: Processes, secrets: Keys) -> str:
    """Prepares the shop and opens it; returns its address."""
    django.setup()
    from shop_demo.demo.preparing import prepare, step

    prepare(secrets.admin_password)
    port = free_port(PORT)
    program = [sys.executable, "-m"]
    celery = [*program, "celery", "-A", "shop_demo"]
    gunicorn = [*program, "gunicorn", "shop_demo.wsgi", "--bind", f"{HOST}:{port}", "--access-logfile", "-"]
    with step("Web, worker and beat"):
        processes.start("web", [*gunicorn, "--worker-class", "gthread", "--workers", "2", "--threads", "4"])
        processes.start(
            "worker",
            [*celery, "worker", "-Q", "celery,mmrec.encode,mmrec.search,mmrec.train", "-c", "2", "-l", "INFO"],
            {"HF_HUB_OFFLINE": "1"},
        )
        processes.start("beat", [*celery, "beat", "-l", "INFO", "--pidfile", ""])
        address = f"http://{HOST}:{port}"
        wait_for(address, processes)
    return address


def _settle(processes: Processes) -> int:
    """Waits for the worker; returns 1 when an item could not be encoded, and says so."""
    from shop_demo.demo.preparing import step, wait_until_encoded

    with step("Encoding pictures and texts"):
        status = wait_until_encoded(processes.check)
    print(f"  {status['items']} items, {status['events']} events, generation {status['generation']}", flush=True)
    if status["parked"]:
        print(f"  {status['parked']} items could not be encoded; the admin's items page says why", file=sys.stderr)
    return 1 if status["parked"] else 0


def _visit_often(processes: Processes) -> None:
    """The shop is open already: whoever looks around meanwhile does not wait for it."""
    from shop_demo.demo.preparing import step
    from shop_demo.seeding import progress
    from shop_demo.seeding.visits import VISITS, simulate_visits

    def said(count: int) -> None:
        processes.check()
        bar.update(count)

    if not progress.done(progress.VISITS):
        with (
            step("Two weeks of simulated visits, for the dashboard"),
            tqdm(total=VISITS, desc="  visits", unit="", file=sys.stdout, leave=False) as bar,
        ):
            simulate_visits(said)


def _welcome(address: str, secrets: Keys) -> str:
    return (
        f"The shop    {address}/          sign in as  ada    {secrets.shopper_password}\n"
        f"The admin   {address}/admin/    sign in as  admin  {secrets.admin_password}\n"
        f"Passwords   {VAR / 'keys.json'}\n"
        f"Logs        {VAR / 'log'}/"
    )


def _print_lists(seen: dict[str, list[SeenList]]) -> None:
    for page, lists in seen.items():
        print(f"{page}")
        for each in lists:
            print(f"  {each.placement} ({each.rung}, generation {each.generation}): {' · '.join(each.titles)}")
    print(flush=True)


def wait_for(address: str, processes: Processes, seconds: float = 60) -> None:
    """Until the web server answers, whatever it answers."""
    deadline = time.monotonic() + seconds
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while True:
        processes.check()
        try:
            opener.open(address + "/", timeout=30).close()
            return
        except urllib.error.HTTPError as error:
            raise VisitFailed(f"the home page answers {error.code}; see {VAR / 'log' / 'web.log'}") from error
        except OSError as error:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{address} does not answer after {seconds:.0f} s: {error}") from error
        time.sleep(0.2)


def free_port(wanted: int) -> int:
    """The wanted one, else the next that nobody listens on."""
    for number in range(wanted, wanted + 100):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, number))
            except OSError:
                continue
        return number
    raise OSError(f"no free port between {wanted} and {wanted + 99}; choose another with SHOP_PORT")


@contextmanager
def alone() -> Iterator[None]:
    """One demo a folder: two would fight over its files."""
    with open(VAR / "demo.lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise OSError(f"another demo runs in {VAR}; stop it, or choose a folder with SHOP_VAR") from None
        yield


@contextmanager
def signals_kept() -> Iterator[None]:
    """A signal to end waits until the block is through, then comes as KeyboardInterrupt, as all later ones do."""
    kept: list[int] = []
    for number in ENDINGS:
        signal.signal(number, lambda received, _: kept.append(received))
    yield
    for number in ENDINGS:
        signal.signal(number, signal.default_int_handler)
    if kept:
        raise KeyboardInterrupt


def _ignore_signals() -> None:
    print("\nStopping …", flush=True)
    for number in ENDINGS:
        signal.signal(number, signal.SIG_IGN)


def _end_children() -> None:
    """Whoever is still there, a seeding process that was interrupted, say."""
    for child in psutil.Process().children(recursive=True):
        child.kill()


if __name__ == "__main__":
    sys.exit(main())
