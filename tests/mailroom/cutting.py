"""A line that is cut again and again."""

from __future__ import annotations

import random
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


@contextmanager
def cutting(port: int, chance: random.Random, most: int) -> Iterator[tuple[int, list[int]]]:
    """A proxy that cuts each connection after a random number of the server's bytes; its port, and the counts of those cut."""
    cuts: list[int] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def carry(source: socket.socket, target: socket.socket, left: int) -> None:
        try:
            while content := source.recv(4096):
                target.sendall(content[:left])
                left -= len(content)
                if left <= 0:
                    cuts.append(1)
                    break
        except OSError:
            pass
        finally:
            for end in (source, target):
                with_shutdown(end)

    def with_shutdown(end: socket.socket) -> None:
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)

    def listen() -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            upstream = socket.create_connection(("127.0.0.1", port))
            opened.extend((client, upstream))
            threads.append(threading.Thread(target=carry, args=(upstream, client, chance.randrange(1, most))))
            threads.append(threading.Thread(target=carry, args=(client, upstream, 10**9)))
            for thread in threads[-2:]:
                thread.start()

    opened: list[socket.socket] = []
    threads: list[threading.Thread] = []
    thread = threading.Thread(target=listen)
    thread.start()
    try:
        yield listener.getsockname()[1], cuts
    finally:
        with_shutdown(listener)
        listener.close()
        thread.join(10)
        for end in opened:
            with_shutdown(end)
        for carried in threads:
            carried.join(10)
        for end in opened:
            end.close()
