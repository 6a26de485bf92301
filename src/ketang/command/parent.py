"""A supervised process does not outlive who supervises it: nobody would restart or stop it."""

from __future__ import annotations

import os
import signal
import threading
import time


def end_with_parent() -> None:
    """From now on, end this process when its parent is gone; looked at once a second by a thread."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="parent", daemon=True).start()
