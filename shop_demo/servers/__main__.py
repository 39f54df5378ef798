"""`python -m shop_demo.servers run [--var DIR] -- COMMAND…` runs a command with the servers beside it; `… stop` stops
what was left running."""

import argparse
import os
import signal
import subprocess
import sys
from pathlib import Path

from shop_demo.servers import running, stop

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m shop_demo.servers", description=__doc__)
    parser.add_argument("action", choices=["run", "stop"])
    parser.add_argument("--var", type=Path, default=Path(os.environ.get("SHOP_VAR", ROOT / ".demo")))
    ours, command = _split(sys.argv[1:])
    given = parser.parse_args(ours)
    if given.action == "run" and not command:
        parser.error("say what to run: run -- COMMAND …")
    if given.action == "stop":
        stop(given.var)
        return 0
    with running(given.var) as urls:
        environment = os.environ | {"DATABASE_URL": urls.database, "CELERY_BROKER_URL": urls.broker}
        child = subprocess.Popen(command, env=environment)
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda received, _: child.send_signal(received))
        while True:
            try:
                return child.wait()
            except KeyboardInterrupt:  # the terminal sent it to the command too; its end is ours
                continue


def _split(arguments: list[str]) -> tuple[list[str], list[str]]:
    """Our own arguments, and the command after the first `--`, which may have options of any name."""
    here = arguments.index("--") if "--" in arguments else len(arguments)
    return arguments[:here], arguments[here + 1 :]


if __name__ == "__main__":
    sys.exit(main())
