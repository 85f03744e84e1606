"""Worker processes that extract papers for this one.

A worker is a fresh interpreter that imports the extractor's module and nothing of the caller's script. It ends when its
input does, that is, however the process that started it ended. One that is killed is replaced, and its papers are
extracted again, each by itself.
"""

from __future__ import annotations

import contextlib
import os
import pickle  # between this process and those that it started itself
import queue
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import IO, Any, Final

_LENGTH: Final = struct.Struct(">Q")
_START: Final = "import sys; sys.path[:] = {path!r}; from extractors.workers import serve; serve()"


class WorkerError(Exception):
    """Worker processes cannot be started. The text is one line that says why."""


class Pool:
    """Processes that call a function for lists of items; close it after use (it is a context manager).

    ``function`` is called in a worker as ``function(item)``; ``lost`` here, with an item and the reason, for an item
    that ended its worker process when it was alone. Both give an outcome. The function and all items must be
    picklable, and the function importable other than from the main script.
    """

    def __init__(self, processes: int, function: Callable[[Any], Any], lost: Callable[[Any, str], Any]) -> None:
        self._function, self._lost = function, lost
        self._threads = ThreadPoolExecutor(processes)
        self._local = threading.local()
        self._workers: list[_Worker] = []
        self._closed = False
        self._lock = threading.Lock()

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *unused: object) -> None:
        with self._lock:
            self._closed = True
            workers = list(self._workers)
        for worker in workers:
            worker.kill()  # which also ends the threads that wait for it
        self._threads.shutdown(cancel_futures=True)

    def submit(self, items: Sequence[Any]) -> Future[list[Any]]:
        """The outcomes of items, in their order. `WorkerError` where there can be no worker."""
        return self._threads.submit(self._work, list(items))

    def _work(self, items: list[Any]) -> list[Any]:
        try:
            outcomes: list[Any] = self._worker().call(items)
            return outcomes
        except _EndedError as ended:
            self._local.worker = None
            if self._closed:
                return []
            if len(items) == 1:
                return [self._lost(items[0], str(ended))]
        return [outcome for item in items for outcome in self._work([item])]

    def _worker(self) -> _Worker:
        """The worker of this thread."""
        if getattr(self._local, "worker", None) is None:
            try:
                self._local.worker = self._started()
            except _EndedError:  # one that is killed while it starts is replaced as any other, but once
                try:
                    self._local.worker = self._started()
                except _EndedError as ended:
                    raise WorkerError(f"a worker process ended before it began ({ended})") from ended
        found: _Worker = self._local.worker
        return found

    def _started(self) -> _Worker:
        """A new worker that has what to call; `_EndedError` where it ends before."""
        with self._lock:
            if self._closed:
                raise WorkerError("stopped")
            worker = _Worker()
            self._workers = [other for other in self._workers if other.alive()] + [worker]
        worker.start(self._function)
        return worker


class _EndedError(Exception):
    """A worker process ended by itself. The text says how."""


class _Worker:
    """One worker process."""

    def __init__(self) -> None:
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _START.format(path=sys.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
        except OSError as error:
            raise WorkerError(f"a worker process cannot be started ({error.strerror or error})") from error
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._messages, self._answers = self._process.stdin, self._process.stdout

    def start(self, function: Callable[[Any], Any]) -> None:
        """Hand over what is to be called; `WorkerError` where it cannot be, `_EndedError` where the process ends."""
        try:
            problem = self.call(function)
        except (pickle.PicklingError, AttributeError, TypeError) as error:
            raise WorkerError(f"it cannot be handed to worker processes ({error})") from error
        if problem:
            hint = "; what a script defines must be in a module of its own for this" if "__main__" in problem else ""
            raise WorkerError(f"a worker process cannot begin: {problem}{hint}")

    def call(self, message: Any) -> Any:
        """Send a message and return the answer; `_EndedError` where the process ended instead."""
        try:
            _send(self._messages, message)
            return _receive(self._answers)
        except (OSError, EOFError, ValueError):
            self.kill()
            code = self._process.returncode
            how = f"killed by signal {-code} ({signal.strsignal(-code)})" if code < 0 else f"status {code}"
            raise _EndedError(f"its process ended: {how}") from None

    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process.poll() is None

    def kill(self) -> None:
        """End the process, unless it has ended."""
        with contextlib.suppress(OSError):  # its input is gone, too
            self._messages.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(0.2)  # so that one that ended by itself keeps its status
        self._process.kill()
        self._process.wait()
        self._answers.close()


def _send(out: IO[bytes], message: Any) -> None:
    data = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    out.write(_LENGTH.pack(len(data)) + data)
    out.flush()


def _receive(source: IO[bytes]) -> Any:
    head = source.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    data = source.read(length)
    if len(data) < length:
        raise EOFError
    return pickle.loads(data)


def serve() -> None:
    """What a worker does: take a function, then lists of items, and answer with the outcomes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes; the first one decides
    source, out = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get between the answers
    try:
        function = _receive(source)
    except Exception as error:  # told to the process that knows what to do about it
        _send(out, f"{type(error).__name__}: {error}")
        return
    _send(out, None)
    messages: queue.SimpleQueue[list[Any]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(source, messages), daemon=True).start()
    while True:
        items = messages.get()
        _send(out, [function(item) for item in items])


def _listen(source: IO[bytes], messages: queue.SimpleQueue[list[Any]]) -> None:
    """Pass messages on, and end the process with the process that sends them, even in the midst of work."""
    try:
        while True:
            messages.put(_receive(source))
    except EOFError:
        os._exit(0)
