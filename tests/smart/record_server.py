"""A record system on a free port of this machine: an authorization server and FHIR, for tests.

It holds to SMART App Launch 2.2 and trusts nobody: client, redirect address, audience, scope,
launch, PKCE, age and single use of each code, and the token of each FHIR request are checked. What
a test wants it to do wrong stands in ``instead``.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, unquote, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec

CODE_SECONDS = 60
CLIENTS = ("public", "secret", "key", "old")
SCOPES = {
    "2": {"patient/Patient.r", "patient/Condition.rs", "patient/Observation.rs"},
    "1": {"patient/Patient.read", "patient/Condition.read", "patient/Observation.read"},
}
SECRET = "s3cr:t/with space"
Json = dict[str, Any]
Twist = Callable[["_Handler", Any], Any]
"""Gets the handler and what would be answered: answers something else, or writes by itself and
gives None."""


@dataclass
class Code:
    """What a code stands for."""

    client: str
    redirect: str
    challenge: str
    scope: str
    patient: str
    made: float
    used: bool = False


@dataclass
class RecordSystem:
    """address: of the server. redirects: the registered addresses to come back to. records: id of
    a patient -> (Patient, other resources). launches: what an own page gave out -> patient."""

    port: int
    public_key: Json
    redirects: set[str] = field(default_factory=set)
    records: dict[str, tuple[Json, list[Json]]] = field(default_factory=dict)
    launches: dict[str, str] = field(default_factory=dict)
    codes: dict[str, Code] = field(default_factory=dict)
    tokens: dict[str, Code] = field(default_factory=dict)
    assertions: set[str] = field(default_factory=set)
    instead: dict[str, Twist] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    """Every request, as ``GET /public/fhir/Patient/anna``."""
    launch_address: str = ""
    """Of the site, for the link on our own page."""

    @property
    def host(self) -> str:
        # Another site than 127.0.0.1 for a browser, so that cookies behave as in the world.
        return f"localhost:{self.port}"

    def iss(self, client: str = "public") -> str:
        return f"http://{self.host}/{client}/fhir"

    def launch(self, patient: str) -> str:
        """A launch of this patient from our own pages."""
        made = secrets.token_urlsafe(16)
        self.launches[made] = patient
        return made

    def reset(self) -> None:
        self.instead.clear()
        self.asked.clear()


class _Handler(BaseHTTPRequestHandler):
    system: RecordSystem
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: Any) -> None:
        """Quiet."""

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self.system.asked.append(f"GET {parts.path}")
        _, client, *rest = parts.path.split("/")
        if parts.path == "/portal":
            return self._portal()
        if rest == ["authorize"]:
            return self._authorize(client, dict(parse_qsl(parts.query)))
        if rest == ["fhir", ".well-known", "smart-configuration"]:
            return self._say("configuration", self._configuration(client))
        if rest[:1] == ["fhir"]:
            return self._fhir(client, rest[1:], parse_qs(parts.query))
        return self.write(404, b"{}")

    def do_POST(self) -> None:
        parts = urlsplit(self.path)
        self.system.asked.append(f"POST {parts.path}")
        _, client, *rest = parts.path.split("/")
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = parse_qs(body)
        if rest == ["decide"]:
            return self._decide(client, {name: it[0] for name, it in form.items()})
        if rest == ["token"]:
            return self._token(client, form)
        return self.write(404, b"{}")

    # The authorization server

    def _configuration(self, client: str) -> Json:
        base = f"http://{self.system.host}/{client}"
        version = "permission-v1" if client == "old" else "permission-v2"
        return {
            "authorization_endpoint": f"{base}/authorize",
            "token_endpoint": f"{base}/token",
            "code_challenge_methods_supported": ["S256"],
            "grant_types_supported": ["authorization_code"],
            "capabilities": [
                *("launch-ehr", "launch-standalone", "client-public"),
                *("context-ehr-patient", "context-standalone-patient", "permission-patient"),
                version,
            ],
        }

    def _authorize(self, client: str, asked: dict[str, str]) -> None:
        system = self.system
        scopes = asked.get("scope", "").split()
        version = "1" if client == "old" else "2"
        wrong = [
            name
            for name, holds in {
                "client_id": asked.get("client_id") == f"rug-{client}",
                "redirect_uri": asked.get("redirect_uri") in system.redirects,
                "response_type": asked.get("response_type") == "code",
                "aud": asked.get("aud") == system.iss(client),
                "state": len(asked.get("state", "")) >= 22,
                "code_challenge": len(asked.get("code_challenge", "")) == 43,
                "code_challenge_method": asked.get("code_challenge_method") == "S256",
                "scope": set(scopes) - {"launch", "launch/patient"} == SCOPES[version],
                "launch": ("launch" in scopes) == (asked.get("launch") in system.launches),
                "context": ("launch/patient" in scopes) != ("launch" in scopes),
            }.items()
            if not holds
        ]
        if wrong:
            return self._page(400, f"<h1>Not allowed: {', '.join(wrong)}</h1>")
        hidden = "".join(
            f'<input type="hidden" name="{html.escape(name)}" value="{html.escape(value)}">'
            for name, value in asked.items()
        )
        known = system.launches.get(asked.get("launch", ""))
        patients = [known] if known else list(system.records)
        choices = "".join(
            f'<button name="patient" value="{patient}">Read {patient}</button>'
            for patient in patients
        )
        return self._page(
            200,
            f"<h1>Sign in</h1><form method=post action=/{client}/decide>{hidden}{choices}"
            "<button name=deny value=1>Do not read</button></form>",
        )

    def _decide(self, client: str, sent: dict[str, str]) -> None:
        back = {"state": sent["state"]}
        if "deny" in sent:
            back |= {"error": "access_denied", "error_description": "<b>no</b>"}
        else:
            code = secrets.token_urlsafe(24)
            self.system.codes[code] = Code(
                client,
                sent["redirect_uri"],
                sent["code_challenge"],
                sent["scope"],
                sent["patient"],
                time.monotonic(),
            )
            back["code"] = code
        self.send_response(302)
        self.send_header("Location", f"{sent['redirect_uri']}?{urlencode(back)}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _token(self, client: str, form: dict[str, list[str]]) -> None:
        if not self._is_client(client, form):
            return self._say("token", {"error": "invalid_client"}, 401)
        sent = {name: it[0] for name, it in form.items()}
        code = self.system.codes.get(sent.get("code", ""))
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        made = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if code is not None and code.used:
            # RFC 6749, 4.1.2: whoever used it first loses the token too.
            tokens = self.system.tokens
            self.system.tokens = {it: held for it, held in tokens.items() if held is not code}
        good = (
            code is not None
            and not code.used
            and time.monotonic() - code.made < CODE_SECONDS
            and code.client == client
            and sent.get("grant_type") == "authorization_code"
            and sent.get("redirect_uri") == code.redirect
            and made == code.challenge
        )
        if not good or code is None:
            return self._say("token", {"error": "invalid_grant"}, 400)
        code.used = True
        token = secrets.token_urlsafe(32)
        self.system.tokens[token] = code
        told = {
            "access_token": token,
            "token_type": "Bearer",
            "expires_in": 300,
            "scope": code.scope,
            "patient": code.patient,
            "need_patient_banner": True,
        }
        return self._say("token", told)

    def _is_client(self, client: str, form: dict[str, list[str]]) -> bool:
        if client == "secret":
            kind, _, held = self.headers.get("Authorization", "").partition(" ")
            name, _, secret = base64.b64decode(held).decode().partition(":")
            told = (kind, unquote(name), unquote(secret))
            return told == ("Basic", "rug-secret", SECRET) and "client_id" not in form
        if client == "key":
            return self._is_signed(form.get("client_assertion", [""])[0])
        return form.get("client_id") == [f"rug-{client}"]

    def _is_signed(self, assertion: str) -> bool:
        key = jwt.PyJWK(self.system.public_key)
        try:
            told = jwt.decode(
                assertion,
                key,
                algorithms=["ES384"],
                audience=f"http://{self.system.host}/key/token",
                issuer="rug-key",
                options={"require": ["iss", "sub", "aud", "exp", "jti"]},
            )
        except jwt.PyJWTError:
            return False
        fresh = told["exp"] - time.time() <= 300 and told["jti"] not in self.system.assertions
        self.system.assertions.add(told["jti"])
        named = jwt.get_unverified_header(assertion).get("kid") == self.system.public_key["kid"]
        return bool(fresh and named and told["sub"] == "rug-key")

    # FHIR

    def _fhir(self, client: str, rest: list[str], asked: dict[str, list[str]]) -> None:
        _, _, token = self.headers.get("Authorization", "").partition(" ")
        code = self.system.tokens.get(token)
        if code is None or code.client != client:
            return self.write(401, b'{"resourceType": "OperationOutcome"}')
        patient, others = self.system.records[code.patient]
        if rest == ["Patient", code.patient]:
            return self._say("Patient", patient)
        if len(rest) != 1 or asked.get("patient") != [code.patient]:
            return self.write(403, b'{"resourceType": "OperationOutcome"}')
        found = [it for it in others if it["resourceType"] == rest[0] and _is_found(it, asked)]
        bundle = {
            "resourceType": "Bundle",
            "type": "searchset",
            "total": len(found),
            "entry": [{"resource": it, "search": {"mode": "match"}} for it in found],
        }
        return self._say(rest[0], bundle)

    # An own page of the record system

    def _portal(self) -> None:
        links = "".join(
            f'<p><a href="{self.system.launch_address}?'
            f'{html.escape(urlencode({"iss": self.system.iss(), "launch": launch}))}">'
            f"Rugkompas for {patient}</a></p>"
            for launch, patient in self.system.launches.items()
        )
        self._page(200, f"<h1>Record</h1>{links}")

    # Answering

    def _say(self, name: str, told: Any, status: int = 200) -> None:
        twist = self.system.instead.get(name)
        if twist is not None:
            told = twist(self, told)
            if told is None:
                return
        self.write(status, json.dumps(told).encode())

    def _page(self, status: int, body: str) -> None:
        page = f'<!doctype html><html lang="en"><title>Record</title>{body}</html>'
        self.write(status, page.encode(), "text/html; charset=utf-8")

    def write(self, status: int, data: bytes, type_: str = "application/json") -> None:
        self.send_response(status)
        self.send_header("Content-Type", type_)
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def _is_found(resource: Json, asked: dict[str, list[str]]) -> bool:
    codes = {tuple(it.split("|")) for it in asked["code"][0].split(",")}
    has = {(it["system"], it["code"]) for it in resource["code"]["coding"]}
    since = asked.get("date", [""])[0].removeprefix("ge")
    return bool(codes & has) and resource.get("effectiveDateTime", "9999") >= since


@contextmanager
def record_system(public_key: Json) -> Iterator[RecordSystem]:
    """A record system while the block runs."""

    class Handler(_Handler):
        pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        Handler.system = RecordSystem(server.server_port, public_key)
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield Handler.system
        finally:
            server.shutdown()
            thread.join()


def new_key() -> dict[str, Any]:
    """A private key as a JWK."""
    made = jwt.algorithms.ECAlgorithm.to_jwk(ec.generate_private_key(ec.SECP384R1()), as_dict=True)
    return {**made, "kid": "k1", "alg": "ES384"}


def servers_file(system: RecordSystem, key: dict[str, Any]) -> dict[str, Any]:
    """The file of an operator: one record system, known under four clients."""
    says = {"secret": {"secret": SECRET}, "key": {"key": key}}
    return {
        "servers": [
            {
                "iss": system.iss(client),
                "name": f"Huisartsen De Linde ({client})",
                "client_id": f"rug-{client}",
                **says.get(client, {}),
            }
            for client in CLIENTS
        ]
    }
