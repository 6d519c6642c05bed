"""Over TLS, as everywhere but in a trial: a name that nobody vouches for is not spoken to, and a
slow answer is cut off there too."""

from __future__ import annotations

import datetime as dt
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from rugkompas.web.smart import wire
from rugkompas.web.smart.problems import NoRecord

Talk = Callable[[ssl.SSLSocket], None]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 that only its own file vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "made up")])
    now = dt.datetime.now(dt.UTC)
    here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(here, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(private + made.public_bytes(Encoding.PEM))
    return path


@contextmanager
def talking(certificate: Path, talk: Talk) -> Iterator[str]:
    """A server that reads a request over TLS and then talks; its address."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            try:
                line, _ = listener.accept()
                with context.wrap_socket(line, server_side=True) as secure:
                    secure.recv(65_536)
                    talk(secure)
            except OSError:
                return

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"https://127.0.0.1:{listener.getsockname()[1]}/fhir"
        listener.close()
        thread.join(5)


def answers(secure: ssl.SSLSocket) -> None:
    secure.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n{"a": 1}')


def drips(secure: ssl.SSLSocket) -> None:
    secure.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n")
    for _ in range(200):
        secure.sendall(b" ")
        threading.Event().wait(0.02)


def clock() -> wire.Clock:
    return wire.Clock(time.monotonic() + 10)


@pytest.fixture
def known(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The certificate is one that this machine trusts."""
    monkeypatch.setattr(wire, "_TLS", ssl.create_default_context(cafile=str(certificate)))


@pytest.mark.hazard("H-45")
def test_a_server_that_nobody_vouches_for_is_not_spoken_to(certificate: Path) -> None:
    heard: list[bytes] = []

    with (
        talking(certificate, lambda secure: heard.append(b"a request")) as address,
        pytest.raises(NoRecord, match="unreachable"),
    ):
        wire.ask(address, clock(), headers={"Authorization": "Bearer x"})

    assert heard == []


def test_a_server_that_is_trusted_answers(certificate: Path, known: None) -> None:
    with talking(certificate, answers) as address:
        assert wire.ask(address, clock()) == {"a": 1}


@pytest.mark.hazard("H-45")
def test_a_certificate_for_another_name_is_refused(certificate: Path, known: None) -> None:
    with (
        talking(certificate, answers) as address,
        pytest.raises(NoRecord, match="unreachable"),
    ):
        wire.ask(address.replace("127.0.0.1", "localhost"), clock())


@pytest.mark.hazard("H-34")
def test_a_slow_answer_is_cut_off_over_tls_too(
    certificate: Path, known: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "SECONDS", 0.3)
    begun = time.monotonic()

    with talking(certificate, drips) as address, pytest.raises(NoRecord, match="unreachable"):
        wire.ask(address, clock())

    assert time.monotonic() - begun < 3
