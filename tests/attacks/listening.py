"""A listener on this machine that nobody may call: as a proxy, as a server of pictures, as a host of packages."""

from __future__ import annotations

import socket
from contextlib import suppress
from threading import Thread
from types import TracebackType
from typing import Self

PROXIES = ("http_proxy", "https_proxy", "all_proxy", "ftp_proxy")


class Listener:
    """Answers nobody, and remembers the first words of each who called."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.calls: list[bytes] = []
        Thread(target=self._listen, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.close()

    @property
    def port(self) -> int:
        """The port of this machine that it listens at."""
        return int(self._socket.getsockname()[1])

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """The variables that make it everybody's proxy."""
        return {name: self.url for proxy in PROXIES for name in (proxy, proxy.upper())}

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                caller, _address = self._socket.accept()
                with caller:
                    caller.settimeout(1)
                    try:
                        self.calls.append(caller.recv(200))
                    except OSError:
                        self.calls.append(b"a connection without a word")
