"""Workers leave the network, where the system lets them."""

import socket
import sys

import pytest

from oekoreport.build.watching import Call, Limits, watched


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has network namespaces")
def test_a_worker_reaches_no_network() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.1)
        call = Call(socket.create_connection, (("127.0.0.1", listener.getsockname()[1]), 5))
        [(_key, answer)] = watched([(None, call)], Limits())
        if "TypeError" in str(answer):
            pytest.skip("this system lets no process leave the network")
        assert "Network is unreachable" in str(answer)
        with pytest.raises(TimeoutError):
            listener.accept()
