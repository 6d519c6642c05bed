"""The requests of the public sandbox of CDS Hooks, in the form in which its source makes them.

Read in the repository cds-hooks/sandbox; each shape below names its file and commit. The forms
are theirs, the people and the words are ours.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from records import BACK_PAIN, DAY, PATIENT, SNOMED, TRAMADOL, bundle, concept, send, with_
from server import Served

from rugkompas.catalogue import load
from rugkompas.fhir.cds.answering import answer, feedback
from rugkompas.fhir.cds.services import SERVICES
from stories.running import chromium

WHO = "SMART-1288992"
USER = "Practitioner/COREPRACTITIONER1"
ORIGIN = "https://sandbox.cds-hooks.org"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
CPT = "http://www.ama-assn.org/go/cpt"
BY_HOOK = {service.hook: id_ for id_, service in SERVICES.items()}


def request(hook: str, *, prefetch: Any = None, signed_in: bool = False, **context: Any) -> Any:
    """src/retrieve-data-helpers/service-exchange.js, commit 01e5d30a3096: the patient and the
    user of the context first, a token when there is one, and what could be looked up last; a
    look-up that failed has no name at all."""
    made = {
        "hookInstance": "0b1f6a1e-5d0e-4e5c-9f1e-7f0c2a9d3b11",
        "hook": hook,
        "fhirServer": "https://launch.smarthealthit.org/v/r4/fhir",
        "context": {"patientId": WHO, "userId": USER, **context},
    }
    if signed_in:
        made["fhirAuthorization"] = {
            "access_token": "some-opaque-token",
            "token_type": "Bearer",
            "expires_in": 3600,
            "scope": "patient/*.* user/*.* openid profile",
            "subject": "1bbbb6ac-9cf9-4a7f-8b0f-5c3b4d2e1f00",
        }
    return made | ({"prefetch": prefetch} if prefetch else {})


def found(*conditions: Any) -> dict[str, Any]:
    """What an open FHIR server answers: with links, addresses and a remark of its own."""
    remark = {"resource": {"resourceType": "OperationOutcome", "issue": []}}
    theirs = {"subject": {"reference": f"Patient/{WHO}"}}
    entries = [
        {"fullUrl": f"https://fhir/{n}", "resource": one | theirs, "search": {"mode": "match"}}
        for n, one in enumerate(conditions)
    ]
    return {
        "patient": with_(PATIENT, id=WHO, meta={"versionId": "1"}, text={"status": "generated"}),
        "conditions": {
            **bundle(),
            "id": "f0e1",
            "total": len(entries),
            "link": [{"relation": "self", "url": "https://fhir/Condition"}],
            "entry": [*entries, {**remark, "search": {"mode": "outcome"}}],
        },
    }


def prescription(name: str = "", code: str = "", reason: Any = None) -> dict[str, Any]:
    """src/reducers/medication-reducers.js, commit 168498051880, for R4: before and after a
    medicine was chosen. Category and reason are single concepts there, where FHIR has lists."""
    made: dict[str, Any] = {
        "resourceType": "MedicationRequest",
        "id": "request-123",
        "status": "draft",
        "intent": "proposal",
        "subject": {"reference": f"Patient/{WHO}"},
        "authoredOn": "2026-11-25",
    }
    if name:
        community = "http://terminology.hl7.org/CodeSystem/medicationrequest-category"
        made |= {
            "intent": "order",
            "category": concept(community, "community"),
            "dosageInstruction": [{"timing": {"repeat": {"frequency": 2, "period": 1}}}],
            "dispenseRequest": {"expectedSupplyDuration": {"value": 30, "code": "d"}},
            "medicationCodeableConcept": {
                "text": name,
                "coding": [{"display": name, "system": RXNORM, "code": code}],
            },
        }
    return made if reason is None else made | {"reasonCode": reason}


def study(coding: dict[str, str], *reasons: dict[str, str]) -> dict[str, Any]:
    """src/components/Pama/pama.jsx, commit 3266b11fc00b: an imaging order as it is put together;
    at the start its coding is an empty object."""
    return {
        "resourceType": "ServiceRequest",
        "id": "example-request-id",
        "status": "draft",
        "intent": "plan",
        "code": {"coding": [coding]},
        "subject": {"reference": f"Patient/{WHO}"},
        "reasonCode": [{"coding": [one], "text": one["display"]} for one in reasons],
    }


LUMBAR_CT = {"system": CPT, "code": "72133", "display": "Lumbar spine CT"}
LOW_BACK_PAIN = {"system": SNOMED, "code": "279039007", "display": "Low back pain"}


def select(order: dict[str, Any]) -> Any:
    """src/components/RxView/rx-view.jsx, commit 3f15a5b02fdc."""
    return request(
        "order-select",
        prefetch=found(BACK_PAIN),
        selections=[f"{order['resourceType']}/{order.get('id')}"],
        draftOrders={"resourceType": "Bundle", "entry": [{"resource": order}]},
    )


def sign(order: dict[str, Any]) -> Any:
    """src/components/RxSign/rx-sign.jsx, commit 14ff61c0cbd6: no selections."""
    return request(
        "order-sign",
        prefetch=found(BACK_PAIN),
        draftOrders={"resourceType": "Bundle", "entry": [{"resource": order}]},
    )


OLD_ORDER = {"resourceType": "MedicationOrder", "id": "order-123", "status": "draft"}
"""What the sandbox makes for a server of DSTU2."""
SHAPES: dict[str, tuple[Any, int]] = {
    "a chart, all looked up": (request("patient-view", prefetch=found(BACK_PAIN)), 1),
    "a chart of somebody else": (request("patient-view", prefetch=found()), 0),
    "a chart, with a token": (
        request("patient-view", prefetch=found(BACK_PAIN), signed_in=True),
        1,
    ),
    "a chart, only the patient found": (
        request("patient-view", prefetch={"patient": found()["patient"]}),
        0,
    ),
    "nothing chosen yet": (select(prescription()), 0),
    "a medicine by its RxNorm code": (select(prescription("Tramadol 50 MG", "835603")), 0),
    "a medicine for a condition": (
        sign(prescription("Tramadol 50 MG", "835603", concept(SNOMED, "279039007"))),
        0,
    ),
    "an order of DSTU2": (sign(OLD_ORDER), 0),
    "no study yet": (select(study({})), 0),
    "a study by its CPT code": (select(study(LUMBAR_CT, LOW_BACK_PAIN)), 0),
    "the study is signed": (sign(study(LUMBAR_CT, LOW_BACK_PAIN)), 0),
}
"""What is sent -> (the request, how many cards). Codes that we do not read get none."""


def headers(address: str) -> dict[str, str]:
    """src/retrieve-data-helpers/jwt-generator.js, commit 0589d4213d3a, with a key of our own:
    signed with ES256, with an address of its keys that we do not look at."""
    now = round(time.time())
    claims = {"iss": ORIGIN, "aud": address, "iat": now, "exp": now + 300, "jti": str(now)}
    named = {"kid": "d9cd3c4f", "jku": f"{ORIGIN}/.well-known/jwks.json"}
    signed = jwt.encode(claims, ec.generate_private_key(ec.SECP256R1()), "ES256", named)
    return {"Accept": "application/json", "Authorization": f"Bearer {signed}", "Origin": ORIGIN}


@pytest.mark.parametrize("what", SHAPES)
def test_each_request_of_the_sandbox_is_answered_in_form(site: Served, what: str) -> None:
    sent, number = SHAPES[what]
    address = f"{site.address}/cds-services/{BY_HOOK[sent['hook']]}"

    got = send(address, sent, **headers(address))

    assert got.status == 200
    assert got.headers["Access-Control-Allow-Origin"] == "*"
    assert len(got.data["cards"]) == number


def test_a_call_without_any_look_up_is_told_what_lacks(site: Served) -> None:
    address = f"{site.address}/cds-services/back-pain-view"

    got = send(address, request("patient-view", signed_in=True), **headers(address))

    assert got.status == 412
    assert got.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("listed", [True, False])
def test_appointments_come_as_a_bundle_or_as_in_the_examples_as_a_list(listed: bool) -> None:
    """HL7/cds-hooks-library, input/pagecontent/appointment-book.md, commit dca77aa7aedf. The
    sandbox has no screen for this hook."""
    visit = {
        "resourceType": "Appointment",
        "id": "apt1",
        "status": "proposed",
        "appointmentType": concept("http://hl7.org/fhir/v2/0276", "FOLLOWUP"),
        "reasonCode": [concept(SNOMED, "279039007")],
        "participant": [{"actor": {"reference": f"Patient/{WHO}"}, "status": "tentative"}],
    }
    other = {"resourceType": "Appointment", "id": "apt2", "reason": {"coding": {"code": "1"}}}
    appointments: Any = [visit, other] if listed else bundle(visit, other)
    sent = request("appointment-book", prefetch=found(BACK_PAIN), appointments=appointments)

    made = answer(SERVICES["back-pain-appointment"], sent, load(), on=DAY)

    assert len(made["cards"]) == 1


CARD = "4e0a3a1e-3283-4575-ab82-028d55fe2719"
FEEDBACK: dict[str, dict[str, Any]] = {
    "a suggestion taken": {"outcome": "accepted", "acceptedSuggestions": [{"id": CARD}]},
    "dismissed": {"outcome": "overridden"},
    "dismissed with a reason of ours": {
        "outcome": "overridden",
        "overrideReason": {"reason": {"code": "alarm_sign", "system": "https://rug/overrides"}},
    },
    "dismissed with a code alone": {
        "outcome": "overridden",
        "overrideReason": {"reason": {"code": "alarm_sign"}},
    },
    "dismissed with own words alone": {
        "outcome": "overridden",
        "overrideReason": {"userComment": "We spoke about it."},
    },
}
"""src/components/CardList/card-list.jsx, commit 14ff61c0cbd6; the last from the specification
(HL7/cds-hooks, input/pagecontent/index.md, "OverrideReason"): then no reason is required."""


@pytest.mark.parametrize("what", FEEDBACK)
def test_each_feedback_of_the_sandbox_is_taken(site: Served, what: str) -> None:
    one = {"card": CARD, "outcomeTimestamp": "2026-11-25T10:05:31.044Z", **FEEDBACK[what]}
    address = f"{site.address}/cds-services/back-pain-order-sign/feedback"

    got = send(address, {"feedback": [one]}, **headers(address))

    assert feedback({"feedback": [one]}) == 1
    assert (got.status, got.data) == (200, {})
    assert got.headers["Access-Control-Allow-Origin"] == "*"


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A page of another origin, as that of a record system is."""
    folder = tmp_path_factory.mktemp("elsewhere")
    (folder / "index.html").write_text("<!doctype html><title>Record</title>", "utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Says nothing."""


ASK = """async ([address, method, headers, body]) => {
  const options = {method, headers};
  if (body) { options.body = body; options.headers["Content-Type"] = "application/json"; }
  const answer = await fetch(address, options);
  return [answer.status, await answer.json()];
}"""


def test_a_browser_lets_a_page_of_another_origin_call_all_of_it(
    site: Served, elsewhere: str
) -> None:
    """Discovery, a call, a refusal and feedback, each with the header that makes the browser ask
    beforehand whether it may."""
    good = {"feedback": [{"card": CARD, "outcomeTimestamp": "2026-11-25T10:05:31Z",
                          **FEEDBACK["dismissed"]}]}  # fmt: skip
    order = with_(TRAMADOL, subject={"reference": f"Patient/{WHO}"})
    calls: list[tuple[str, Any, int]] = [
        ("/cds-services", None, 200),
        ("/cds-services/back-pain-view", SHAPES["a chart, all looked up"][0], 200),
        ("/cds-services/back-pain-order-sign", sign(order), 200),
        ("/cds-services/back-pain-view", {}, 422),
        ("/cds-services/back-pain-order-sign/feedback", good, 200),
    ]

    with chromium() as browser:
        page = browser.new_page()
        page.goto(elsewhere)
        for path, sent, status in calls:
            named = headers(f"{site.address}{path}")
            named.pop("Origin")
            body = None if sent is None else json.dumps(sent)
            method = "GET" if sent is None else "POST"
            got, data = page.evaluate(ASK, [f"{site.address}{path}", method, named, body])
            assert got == status
            assert data or path.endswith("/feedback")
