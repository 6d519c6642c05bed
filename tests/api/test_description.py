"""The description of the API is true: random and edge requests by it, all checks, three seeds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import jsonschema_rs
import pytest
from asking import ask
from server import Served

from rugkompas.catalogue import load
from rugkompas.people import made_up
from rugkompas.people.answers_schema import answers_schema

HERE = Path(__file__).parent
COMMAND = Path(sys.executable).with_name("schemathesis")


@pytest.mark.parametrize(
    ("seed", "phases"), [(20261125, "coverage,fuzzing"), (8, "fuzzing"), (115, "fuzzing")]
)
def test_requests_made_from_the_description(
    site: Served, seed: int, phases: str, tmp_path: Path
) -> None:
    done = subprocess.run(
        [
            *(COMMAND, "--config-file", HERE / "schemathesis.toml"),
            *("run", f"{site.address}/api/v1/openapi.json", "--checks", "all"),
            *("--phases", phases, "--seed", str(seed), "--max-examples", "12"),
            *("--suppress-health-check", "all", "--generation-database", "none", "--no-color"),
        ],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )

    assert done.returncode == 0, done.stdout[-4000:]


def test_it_is_openapi_3_1_and_names_every_address(site: Served) -> None:
    described = ask(site, "/openapi.json").data

    assert described["openapi"].startswith("3.1")
    assert len(described["paths"]) == 11
    for operations in described["paths"].values():
        for operation in operations.values():
            assert operation["summary"]
            assert operation["description"]


def test_every_example_in_it_works(site: Served) -> None:
    tried = 0
    for path, operations in ask(site, "/openapi.json").data["paths"].items():
        if "post" in operations:
            content = operations["post"]["requestBody"]["content"]["application/json"]
            for example in content["examples"].values():
                tried += 1
                assert ask(site, path.removeprefix("/api/v1"), example["value"]).status == 200

    assert tried >= 9


def test_calls_are_named_after_their_address(site: Served) -> None:
    paths = ask(site, "/openapi.json").data["paths"]
    named = {path.split("/")[3]: set() for path in paths}
    for path, operations in paths.items():
        named[path.split("/")[3]] |= {it["operationId"] for it in operations.values()}

    assert named == {name: {name} for name in named} | {"knowledge": {"knowledge", "fact"}}


def test_the_schema_of_answers_takes_what_the_library_takes() -> None:
    schema = jsonschema_rs.validator_for(answers_schema(load()))

    for one in made_up.people(300, 5, load()):
        assert schema.is_valid(one)
    for wrong in ({"age_years": -1}, {"age_years": True}, {"x": 1}, {"trauma": "perhaps"}):
        assert not schema.is_valid(wrong)
