"""`python -m mmrec_app.offline.child DIR …`: a training as a process of its own, which ends when its starter is gone.

Its starter holds the other end of standard input. So a worker that is killed leaves nothing behind that trains on in a
folder which the next worker takes over.
"""

import contextlib
import os
import sys
import threading

from mmrec_app.training.__main__ import main


def _end_with_starter() -> None:
    while os.read(0, 1):  # not through sys.stdin, whose lock would be held while the interpreter ends
        pass
    os._exit(70)


if __name__ == "__main__":
    with contextlib.suppress(OSError):
        os.nice(10)  # the shop beside it comes first
    threading.Thread(target=_end_with_starter, daemon=True).start()
    sys.exit(main())
