"""``rugkompas assess`` with the answers of one person, in every shape a file can have."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from running import COMMAND, environment, run

ANSWERS = {"age_years": 40, "saddle_change": "new_or_changed"}
YAML = b"age_years: 40\nsaddle_change: new_or_changed\n"


def test_json_and_yaml_and_standard_input_give_the_same_result(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(ANSWERS))
    (tmp_path / "a.yaml").write_bytes(YAML)

    results = [
        run("assess", tmp_path / "a.json", "--format", "json"),
        run("assess", tmp_path / "a.yaml", "--format", "json"),
        run("assess", "-", "--format", "json", stdin=YAML),
        run(
            "assess", "-", "--format", "json", stdin=b"\xef\xbb\xbf" + json.dumps(ANSWERS).encode()
        ),
    ]

    assert [ran.code for ran in results] == [0, 0, 0, 0]
    assert len({ran.out for ran in results}) == 1
    assert json.loads(results[0].out)["triage"]["urgency"] == "emergency"


def test_a_case_keeps_its_id_and_only_its_answers_count() -> None:
    case = {"id": "case_7", "expected_urgency": "self_care", "answers": ANSWERS}

    ran = run("assess", "-", "--format", "json", stdin=json.dumps(case).encode())

    result = json.loads(ran.out)
    assert (result["id"], result["triage"]["urgency"]) == ("case_7", "emergency")


@pytest.mark.parametrize(
    ("ending", "begins"),
    [("json", b"{"), ("html", b"<!doctype html"), ("pdf", b"%PDF"), ("txt", b"")],
)
def test_the_ending_of_the_output_decides_its_format(
    ending: str, begins: bytes, tmp_path: Path
) -> None:
    out = tmp_path / f"result.{ending}"

    ran = run("assess", "-", "-o", out, stdin=YAML)

    assert (ran.code, ran.out) == (0, b"")
    assert out.read_bytes().lower().startswith(begins.lower())
    assert [path.name for path in tmp_path.iterdir()] == [out.name]


def test_the_day_of_the_assessment_can_be_given() -> None:
    ran = run("assess", "-", "--format", "json", "--on", "2026-12-24", stdin=YAML)

    assert json.loads(ran.out)["date"] == "2026-12-24"


def test_all_problems_are_named_at_once_in_the_chosen_language_without_the_answers() -> None:
    wrong = b'{"age_years": 212, "sex": "secret", "agee": 3}'

    dutch, english = (
        run("assess", "-", stdin=wrong),
        run("assess", "-", "--lang", "en", stdin=wrong),
    )

    assert dutch.refused()
    assert english.refused()
    assert [line.split(":")[0] for line in dutch.err.splitlines()[1:]] == [
        "- age_years",
        "- sex",
        "- agee",
    ]
    assert "Kies uit" in dutch.err
    assert "Choose from" in english.err
    assert "212" not in dutch.err + english.err
    assert "secret" not in dutch.err + english.err


HOSTILE = {
    "a key that stands twice in json": (b'{"age_years": 4, "age_years": 5}', "age_years"),
    "a key that stands twice in yaml": (b"age_years: 4\nage_years: 5\n", "age_years"),
    "NaN": (b'{"age_years": NaN}', "NaN"),
    "infinity": (b'{"age_years": -Infinity}', "Infinity"),
    "not a number in yaml": (b"age_years: .nan\n", "age_years"),
    "yaml aliases that grow": (b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "2"),
    "endless lists": (b"[" * 100_000, "drie"),
    "deep objects": (b'{"a":' * 300 + b"1" + b"}" * 300, "drie"),
    "deep yaml": (b"[" * 3000 + b"]" * 3000, "drie"),
    "more than one person needs": (b'{"id": "' + b"x" * 2_100_000 + b'"}', "2 MB"),
    "too many names": (json.dumps({f"k{n}": 1 for n in range(5000)}).encode(), "1000"),
    "too many names in yaml": (b"\n".join(b"k%d: 1" % n for n in range(20_000)), "1000"),
    "half a character": (b'{"id": "\\ud800", "age_years": 40}', "UTF-8"),
    "latin-1": ("id: café\n".encode("latin-1"), "UTF-8"),
    "utf-16": ('{"age_years": 40}'.encode("utf-16"), "UTF-8"),
    "any bytes": (bytes(range(256)) * 50, "UTF-8"),
    "a number of 5000 digits": (b'{"age_years": ' + b"9" * 5000 + b"}", "age_years"),
    "a number of 400 digits in yaml": (b"age_years: " + b"9" * 400, "age_years"),
    "a number of 9000 digits in yaml": (b"age_years: " + b"9" * 9000, "YAML"),
    "nothing": (b"", "rugkompas example"),
    "only a number": (b"5", "1 persoon"),
    "only null": (b"---\n", "1 persoon"),
    "answers that are no object": (b'{"answers": [1]}', "1 persoon"),
    "a python tag": (b"!!python/object/apply:os.system [id]\n", "regel 1"),
    "two documents": (b"sex: male\n---\nsex: male\n", "regel 2"),
    "an old yes that would be true": (b"%YAML 1.1\n---\nfever_or_chills: no\n", "fever_or_chills"),
    "broken json": (b'{"age_years": 40,}', "regel 1"),
    "broken yaml": (b"age_years: [\n", "YAML"),
}


@pytest.mark.parametrize(("content", "named"), HOSTILE.values(), ids=HOSTILE.keys())
def test_what_cannot_be_read_is_refused_with_one_clear_message(content: bytes, named: str) -> None:
    ran = run("assess", "-", stdin=content)

    assert ran.refused()
    assert named in ran.err


def test_names_in_a_file_cannot_steer_the_terminal() -> None:
    ran = run("assess", "-", stdin=b'{"\\u001b[2J": 1}')

    assert ran.refused()
    assert "\x1b" not in ran.err


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["nowhere.json"], "nowhere.json"),
        ([".", "--format", "json"], "map"),
        (["answers.docx"], "answers.docx"),
        (["answers.yaml", "-o", "answers.yaml", "--format", "json"], "overschrijven"),
        (["answers.yaml", "-o", "link.json"], "overschrijven"),
        (["answers.yaml", "-o", "result"], "--format"),
        (["answers.yaml", "-o", "."], "map"),
        (["answers.yaml", "-o", "no/such/folder/r.json"], "rechten"),
        (["answers.yaml", "-o", "/dev/full", "--format", "json"], "ruimte"),
        (["answers.yaml", "--on", "1990-01-01"], "1990-01-01"),
        (["answers.yaml", "--on", "yesterday"], "--on"),
        (["answers.yaml", "--format", "docx"], "text, json, html, pdf"),
        (["answers.yaml", "--fromat", "json"], "--format"),
        (["answers.yaml", "more.yaml"], "--help"),
        ([], "toetsenbord"),
    ],
)
def test_a_command_line_that_cannot_be_followed_is_refused(
    arguments: list[str], named: str, tmp_path: Path
) -> None:
    (tmp_path / "answers.yaml").write_bytes(YAML)
    (tmp_path / "answers.docx").write_bytes(YAML)
    (tmp_path / "link.json").symlink_to(tmp_path / "answers.yaml")

    ran = run("assess", *arguments, cwd=tmp_path)

    assert ran.refused()
    assert named in ran.err
    assert (tmp_path / "answers.yaml").read_bytes() == YAML
    assert not list(tmp_path.glob(".*.part"))


def test_a_full_disk_behind_standard_output_is_said_once() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [COMMAND, "assess", "-", "--format", "json"],
            input=YAML,
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment(),
        )

    assert done.returncode == 2
    assert done.stderr.decode().count("\n") == 1


def test_a_reader_that_leaves_gets_no_complaint() -> None:
    done = subprocess.run(
        f"{COMMAND} questions --format json | head -c 10",
        shell=True,
        capture_output=True,
        env=environment(),
    )

    assert (done.stdout, done.stderr) == (b"[\n  {\n    ", b"")


def test_colour_only_comes_on_a_terminal() -> None:
    assert b"\x1b" not in run("assess", "-", stdin=YAML).out


@pytest.mark.parametrize(
    ("ending", "begins"),
    [("json", b"{"), ("html", b"<!doctype html"), ("pdf", b"%pdf"), ("txt", b"summary for a gp")],
)
def test_the_sheet_for_a_professional_comes_in_every_format(
    ending: str, begins: bytes, tmp_path: Path
) -> None:
    out = tmp_path / f"sheet.{ending}"

    ran = run("summary", "-", "-o", out, "--lang", "en", stdin=YAML)

    assert (ran.code, ran.out) == (0, b"")
    assert out.read_bytes().lower().startswith(begins)


def test_the_sheet_for_programs_is_the_result_with_codes_and_answers_by_kind() -> None:
    sheet = json.loads(run("summary", "-", "--format", "json", stdin=YAML).out)
    result = json.loads(run("assess", "-", "--format", "json", stdin=YAML).out)

    added = sheet.pop("summary")

    assert sheet == result
    assert added["codes"] == []
    assert added["answers"]["given"] == ["age_years", "saddle_change"]
    assert "bladder_change" in added["answers"]["not_asked"]


@pytest.mark.parametrize(
    ("arguments", "named"),
    [(["people.csv"], "people.csv"), (["gone.yaml"], "gone.yaml"), (["-", "--on", "x"], "--on")],
)
def test_a_sheet_that_cannot_be_made_is_refused(
    arguments: list[str], named: str, tmp_path: Path
) -> None:
    (tmp_path / "people.csv").write_text("age_years\n40\n")

    ran = run("summary", *arguments, cwd=tmp_path, stdin=YAML)

    assert ran.refused()
    assert named in ran.err
