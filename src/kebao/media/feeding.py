"""Meters are fed beside the decoder, in a thread of their own, from a few buffers that go round.

A decoder with threads of its own works ahead by a picture or two only: whoever looks at each picture before asking for the
next lets it stand idle in between.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from queue import SimpleQueue
from threading import Thread
from types import TracebackType
from typing import Any, Generic, TypeVar

Buffer = TypeVar("Buffer")
ROUND = 3
"""Buffers of one stream: one is filled, one is looked at, one waits."""


class Feeder:
    """Feeds in the order in which it is given, each meter by one thread alone.

    As a context it ends with the block: what waits is fed, or dropped where the block ended in an error.

    Args:
        aside: whether there is a thread for it; otherwise `give` returns when everything is fed.

    Raises:
        Exception: whatever a meter raised, at the next `give` or at the end of the block.
    """

    def __init__(self, *, aside: bool) -> None:
        self._waiting: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._failure: BaseException | None = None
        self._is_dropped = False
        self._thread = Thread(target=self._work, name="meters", daemon=True) if aside else None

    def __enter__(self) -> Feeder:
        """Begin."""
        if self._thread is not None:
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Wait for what was given."""
        self._is_dropped = error is not None
        if self._thread is not None:
            self._waiting.put(None)
            self._thread.join()
        if error is None:
            self._complain()

    def give(self, meters: Sequence[Any], lent: object, done: Callable[[], None]) -> None:
        """Feed the meters in their order with what is lent to them; `done` is called when none of them needs it any more."""
        self._complain()

        def feed() -> None:
            try:
                for meter in () if self._is_dropped else meters:
                    meter.feed(lent)
            finally:
                done()

        if self._thread is None:
            feed()
        else:
            self._waiting.put(feed)

    def _work(self) -> None:
        while (feed := self._waiting.get()) is not None:
            try:
                feed()
            except BaseException as error:  # noqa: BLE001  it is raised again where the medium is read
                self._failure, self._is_dropped = error, True

    def _complain(self) -> None:
        if self._failure is not None:
            raise self._failure


class Ring(Generic[Buffer]):
    """Buffers that go round between the one who fills them and the ones who look.

    Args:
        make: a new buffer.
    """

    def __init__(self, make: Callable[[], Buffer]) -> None:
        self._free: SimpleQueue[Buffer] = SimpleQueue()
        for _ in range(ROUND):
            self._free.put(make())
        self.held = self._free.get()

    def hand_over(self, feeder: Feeder, meters: Sequence[Any], lent: object) -> None:
        """Give the held buffer's content to the meters and hold the next free one."""
        buffer = self.held
        feeder.give(meters, lent, lambda: self._free.put(buffer))
        self.held = self._free.get()
