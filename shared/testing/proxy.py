"""A TCP proxy on loopback whose connections a test can cut, hold still and let through again."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress

CHUNK = 65536
LOOK_SECONDS = 0.1


class Proxy:
    """Passes bytes between its own ``port`` and another loopback port until it is cut or closed."""

    def __init__(self, target_port: int) -> None:
        self._target = target_port
        self._open = threading.Event()
        self._open.set()
        self._flowing = threading.Event()
        self._flowing.set()
        self._closed = threading.Event()
        self._lock = threading.Lock()
        self._sockets: set[socket.socket] = set()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, name=f"proxy-{self.port}", daemon=True).start()

    def cut(self) -> None:
        """Break every connection and refuse new ones until ``heal``."""
        self._open.clear()
        self._drop_all()

    def hold(self) -> None:
        """Pass nothing on, either way, without a word to either side, until ``heal``."""
        self._flowing.clear()

    def heal(self) -> None:
        """Let everything through again; what was held goes on its way."""
        self._open.set()
        self._flowing.set()

    def close(self) -> None:
        """End the proxy and all its connections."""
        self._closed.set()
        self._flowing.set()
        self._listener.close()
        self._drop_all()

    def _accept(self) -> None:
        while not self._closed.is_set():
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            if self._open.is_set():
                self._join(client)
            else:
                client.close()

    def _join(self, client: socket.socket) -> None:
        try:
            server = socket.create_connection(("127.0.0.1", self._target), timeout=5)
        except OSError:
            client.close()
            return
        for one in (client, server):
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            one.settimeout(None)
        with self._lock:
            self._sockets |= {client, server}
        for pair in ((client, server), (server, client)):
            threading.Thread(target=self._pump, args=pair, daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(CHUNK):
                while not self._flowing.wait(LOOK_SECONDS) and not self._closed.is_set():
                    continue
                sink.sendall(data)
        self._forget(source, sink)

    def _drop_all(self) -> None:
        with self._lock:
            sockets = list(self._sockets)
        self._forget(*sockets)

    def _forget(self, *sockets: socket.socket) -> None:
        with self._lock:
            self._sockets -= set(sockets)
        for one in sockets:
            # Shutting down wakes the thread that reads it; closing alone would not.
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
