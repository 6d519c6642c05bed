"""Servers that are not the API, or not a good one: they answer with bytes that are given."""

from __future__ import annotations

import datetime as dt
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

JSON = "application/json"
PROBLEM = "application/problem+json"
DRIP_SECONDS, MOST_DRIPS = 0.05, 400


@dataclass
class Other:
    """asked: the first line of every request, in order."""

    address: str
    asked: list[str] = field(default_factory=list)


def said(
    body: bytes | str,
    *,
    status: str = "200 OK",
    media: str = JSON,
    more: str = "",
    length: int = -1,
) -> bytes:
    """An answer. length: what it says of itself, when that is not so."""
    raw = body.encode() if isinstance(body, str) else body
    size = len(raw) if length < 0 else length
    head = f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\nContent-Length: {size}\r\n{more}\r\n"
    return head.encode() + raw


@contextmanager
def other(
    *answers: bytes, drips_from: int | None = None, tls: ssl.SSLContext | None = None
) -> Iterator[Other]:
    """A server that gives each connection the next answer, and the last one from then on.

    drips_from: from this byte on they come one by one, with a pause after each. tls: its
    certificate.
    """
    listening = socket.create_server(("127.0.0.1", 0))
    made = Other(f"http{'s' if tls else ''}://127.0.0.1:{listening.getsockname()[1]}")
    stopping = threading.Event()

    def serve() -> None:
        left = list(answers)
        while True:
            try:
                plain, _ = listening.accept()
            except OSError:
                return
            with suppress(OSError), plain, _wrapped(plain, tls) as connection:
                made.asked.append(_request(connection))
                answer = left.pop(0) if len(left) > 1 else left[0]
                whole = len(answer) if drips_from is None else drips_from
                connection.sendall(answer[:whole])
                for place in range(whole, min(len(answer), whole + MOST_DRIPS)):
                    if stopping.wait(DRIP_SECONDS):
                        break
                    connection.sendall(answer[place : place + 1])

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        stopping.set()
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join()


def _wrapped(plain: socket.socket, tls: ssl.SSLContext | None) -> socket.socket:
    return tls.wrap_socket(plain, server_side=True) if tls else plain


def _request(connection: socket.socket) -> str:
    """Reads one request whole, and gives its first line."""
    stream = connection.makefile("rb")
    first = stream.readline().decode().strip()
    length = 0
    while line := stream.readline().strip():
        name, _, value = line.partition(b":")
        length = int(value) if name.lower() == b"content-length" else length
    stream.read(length)
    return first


def certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """For a server on this machine: its side, and the file that a client has to trust."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "practice")])
    here = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(dt.datetime.now(dt.UTC) - dt.timedelta(days=1))
        .not_valid_after(dt.datetime.now(dt.UTC) + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([here]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    trusted, secret = folder / "trusted.pem", folder / "secret.pem"
    trusted.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(trusted, secret)
    return context, trusted
