"""How a process of the site closes connections: never by waiting for who asked."""

from __future__ import annotations

import selectors
import socket
import time
from concurrent.futures import Future
from functools import partial
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

LINGER = 2.0
"""Seconds in which the other side may close after its answer."""
_ENOUGH = 1 << 16


class Worker(ThreadWorker):  # type: ignore[misc]
    """The threads of Gunicorn, without the pause after an answer.

    After an answer the connection is shut and read until the other side has closed as well (RFC
    9112, section 9.6). Gunicorn does that in the one thread that takes new connections, for up to
    two seconds: a slow phone, or anybody on purpose, kept all others of the process waiting. Here
    the connection waits among those that were accepted and have sent nothing yet.
    """

    def finish_request(self, conn: Any, fs: Future[Any]) -> None:
        if fs.cancelled() or fs.exception() or fs.result() is not False:
            super().finish_request(conn, fs)
            return
        try:
            conn.sock.setblocking(False)
            conn.sock.shutdown(socket.SHUT_WR)
        except OSError:
            # It is gone already.
            self._let_go(conn)
            return
        conn.timeout = time.monotonic() + LINGER
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._read_on, conn))

    def _read_on(self, conn: Any, _sock: socket.socket) -> None:
        """What still comes is thrown away, until nothing does."""
        try:
            more = conn.sock.recv(_ENOUGH)
        except BlockingIOError:
            return
        except OSError:
            more = b""
        if not more:
            self.poller.unregister(conn.sock)
            self.pending_conns.remove(conn)
            self._let_go(conn)

    def _let_go(self, conn: Any) -> None:
        self.nr_conns -= 1
        conn.close()
