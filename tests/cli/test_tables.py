"""``rugkompas assess`` with a table: nothing lost, nothing half, whatever is in it."""

from __future__ import annotations

import io
import json
import resource
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from running import COMMAND, environment, run

from rugkompas import load_knowledge
from rugkompas.people import tables

COLUMNS = [
    "id", "urgency", "category", "complete", "rules", "course", "factors", "options_offered",
    "direction", "contact", "options_dropped",
]  # fmt: skip


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def names(path: Path) -> list[str]:
    return sorted(found.name for found in path.iterdir())


def test_every_output_format_holds_the_same_rows(tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    table.write_text("id,age_years,saddle_change\na,40,new_or_changed\nb,,\n")

    for ending in ("csv", "jsonl", "parquet"):
        assert run("assess", table, "-o", tmp_path / f"out.{ending}").code == 0

    parquet = pl.read_parquet(tmp_path / "out.parquet")
    csv = pl.read_csv(tmp_path / "out.csv")
    assert parquet.columns == csv.columns == COLUMNS
    assert parquet.to_dicts() == lines(tmp_path / "out.jsonl")
    assert csv["rules"].to_list() == [";".join(row) for row in parquet["rules"].to_list()]
    assert parquet["urgency"].to_list() == ["emergency", "same_day"]
    assert "E01" in parquet["rules"][0]


def test_without_an_id_the_number_of_the_row_is_the_id(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text("age_years\n40\n41\n")
    (tmp_path / "p.jsonl").write_text('{"age_years": 40}\n\n{"age_years": 41}\n')

    run("assess", tmp_path / "p.csv", "-o", tmp_path / "csv.jsonl")
    run("assess", tmp_path / "p.jsonl", "-o", tmp_path / "jsonl.jsonl")

    assert [row["id"] for row in lines(tmp_path / "csv.jsonl")] == ["1", "2"]
    assert [row["id"] for row in lines(tmp_path / "jsonl.jsonl")] == ["1", "3"]


def test_a_list_in_json_is_a_table(tmp_path: Path) -> None:
    ran = run("assess", "-", "-o", tmp_path / "out.jsonl", stdin=b'[{"age_years": 40}, 3]')

    assert ran.code == 3
    assert len(lines(tmp_path / "out.jsonl")) == 1
    assert [row["row"] for row in lines(tmp_path / "out.rejects.jsonl")] == [2]


def test_bad_rows_of_a_csv_are_set_apart_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text(
        'id,age_years,immune_or_infection_risk\na,40,\nb,40\n"c\nd",41,"tb_risk;dialysis_or_line"\n'
        "e,1,2,3\nf,secret,[]\ng,42,[]\n"
    )

    ran = run("assess", "p.csv", "-o", "out.jsonl", cwd=tmp_path)

    rejects = lines(tmp_path / "out.rejects.jsonl")
    assert (ran.code, ran.out) == (3, b"")
    assert [row["id"] for row in lines(tmp_path / "out.jsonl")] == ["a", "c\nd", "g"]
    assert [(row["row"], row["id"]) for row in rejects] == [(2, None), (4, None), (5, "f")]
    assert len(rejects[2]["problems"]) == 1
    assert "secret" not in (tmp_path / "out.rejects.jsonl").read_text()
    assert "3 van de 6" in ran.err
    assert "out.rejects.jsonl" in ran.err


def test_bad_lines_of_json_lines_are_set_apart_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "p.jsonl").write_bytes(
        b'\xef\xbb\xbf{"id": "a", "age_years": 40}\n'
        b'{"id": "b", "age_years": "x", "sexx": 1}\n[1]\n{bad\n'
        b'{"age_years": 1, "age_years": 2}\n{"age_years": NaN}\n\xff\xfe\n' + b"[" * 9000 + b"\n"
        b'{"id": "c", "answers": {"age_years": 50}, "note": 1}'
    )

    ran = run("assess", "p.jsonl", "-o", "out.csv", "--lang", "en", cwd=tmp_path)

    rejects = lines(tmp_path / "out.rejects.jsonl")
    assert ran.code == 3
    assert pl.read_csv(tmp_path / "out.csv")["id"].to_list() == ["a", "c"]
    assert [row["row"] for row in rejects] == [2, 3, 4, 5, 6, 7, 8]
    assert len(rejects[0]["problems"]) == 2


def test_rejects_of_an_earlier_run_do_not_stay(tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text('{"age_years": 1}\n[]\n')
    (tmp_path / "good.jsonl").write_text('{"age_years": 1}\n')

    run("assess", "bad.jsonl", "-o", "out.csv", cwd=tmp_path)
    assert "out.rejects.jsonl" in names(tmp_path)
    run("assess", "good.jsonl", "-o", "out.csv", cwd=tmp_path)

    assert "out.rejects.jsonl" not in names(tmp_path)


def test_a_line_of_hundreds_of_megabytes_is_rejected_within_little_memory(tmp_path: Path) -> None:
    with (tmp_path / "p.jsonl").open("wb") as file:
        file.write(b'{"id": "a", "age_years": 40}\n{"id": "')
        for _ in range(400):
            file.write(b"x" * 1_000_000)
        file.write(b'"}\n{"id": "b", "age_years": 41}\n')

    def little_memory() -> None:
        resource.setrlimit(resource.RLIMIT_DATA, (600 << 20, 600 << 20))

    done = subprocess.run(
        [COMMAND, "assess", "p.jsonl", "-o", "out.csv"],
        cwd=tmp_path,
        env=environment(POLARS_MAX_THREADS="2", OMP_NUM_THREADS="1"),
        capture_output=True,
        preexec_fn=little_memory,
    )

    assert done.returncode == 3, done.stderr
    assert pl.read_csv(tmp_path / "out.csv")["id"].to_list() == ["a", "b"]
    assert [row["row"] for row in lines(tmp_path / "out.rejects.jsonl")] == [2]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_may_have_a_byte_order_mark_and_any_usual_delimiter(
    delimiter: str, tmp_path: Path
) -> None:
    rows = [["id", "age_years", "saddle_change"], ["a", "40", "new_or_changed"]]
    text = "\ufeff" + "\r\n".join(delimiter.join(row) for row in rows)
    (tmp_path / "p.csv").write_text(text, "utf-8")

    ran = run("assess", "p.csv", "-o", "out.jsonl", cwd=tmp_path)

    assert ran.code == 0
    assert lines(tmp_path / "out.jsonl")[0]["urgency"] == "emergency"


def test_a_table_can_come_through_a_pipe_and_go_to_standard_output() -> None:
    csv = run("assess", "-", "--input", "csv", "--format", "json", stdin=b"id,age_years\na,40\n")
    jsonl = run(
        "assess", "-", "--input", "jsonl", "--format", "json", stdin=b'{"id":"a","age_years":40}'
    )

    assert (csv.code, jsonl.code) == (0, 0)
    assert csv.out == jsonl.out
    assert json.loads(csv.out)["id"] == "a"


def test_a_column_can_be_left_out_on_purpose(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text("id,age_years,hospital\na,40,x\n")

    assert run("assess", "p.csv", "-o", "out.csv", cwd=tmp_path).refused()
    ran = run("assess", "p.csv", "-o", "out.csv", "--ignore", "hospital", cwd=tmp_path)

    assert ran.code == 0


HOSTILE = {
    "no bytes": (b"", "leeg"),
    "only a header": (b"id,age_years\n", "geen rijen"),
    "unknown column": (b"agee_years,sex\n1,male\n", "age_years?"),
    "no known column": (b"foo,bar\n1,2\n", "rugkompas questions"),
    "unknown factor": (b"age_years,factors.strss\n1,yes\n", "factors.strss"),
    "column twice": (b"age_years,age_years\n1,2\n", "2 keer"),
    "one answer under two names": (b"ibp_insidious,ibp_items.ibp_insidious\nyes,no\n", "2 keer"),
    "any bytes": (bytes(range(256)) * 500, "UTF-8"),
    "latin-1": ("id,age_years\ncafé,40\n".encode("latin-1"), "UTF-8"),
    "utf-16": ("id,age_years\na,40\n".encode("utf-16"), "UTF-8"),
    "an endless cell": (b"id,age_years\n" + b"x" * 20_000_000 + b",40\n", "MB"),
}


@pytest.mark.parametrize(("content", "named"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_csv_that_cannot_be_a_table_is_refused_whole(
    content: bytes, named: str, tmp_path: Path
) -> None:
    (tmp_path / "p.csv").write_bytes(content)

    ran = run("assess", "p.csv", "-o", "out.csv", cwd=tmp_path)

    assert ran.refused()
    assert named in ran.err
    assert names(tmp_path) == ["p.csv"]


def _truncated(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _damaged(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 3 : len(content) // 2] = bytes(len(content) // 2 - len(content) // 3)
    file.write_bytes(content)


def _emptied(file: Path) -> None:
    file.write_bytes(b"")


@pytest.mark.parametrize("harm", [_truncated, _damaged, _emptied])
def test_a_broken_parquet_leaves_no_half_result(
    harm: Callable[[Path], None], tmp_path: Path
) -> None:
    file = tmp_path / "p.parquet"
    pl.DataFrame(
        {"id": [f"person {n * 7919 % 100_003}" for n in range(60_000)], "age_years": 40}
    ).write_parquet(file, row_group_size=5000)
    harm(file)

    ran = run("assess", "p.parquet", "-o", "out.parquet", cwd=tmp_path)

    assert ran.refused()
    assert "p.parquet" in ran.err
    assert names(tmp_path) == ["p.parquet"]


def test_parquet_with_objects_and_lists_is_read(tmp_path: Path) -> None:
    pl.DataFrame(
        {
            "age_years": [40, None],
            "factors": [{"stress": "yes", "low_mood": None}, None],
            "immune_or_infection_risk": [["tb_risk"], []],
            "activities": [[{"name": "lopen", "start_0_10": 5, "now_0_10": 9}], None],
        }
    ).write_parquet(tmp_path / "p.parquet")

    run("assess", "p.parquet", "-o", "out.jsonl", cwd=tmp_path)

    first, second = lines(tmp_path / "out.jsonl")
    assert (first["factors"], first["direction"]) == (["stress"], "worsening")
    assert (second["factors"], second["direction"]) == ([], "unknown")


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["p.jsonl"], "-o"),
        (["p.jsonl", "-o", "out.xlsx"], ".parquet"),
        (["p.jsonl", "-o", "p.jsonl"], "overschrijven"),
        (["p.jsonl", "-o", "out.csv", "--rejects", "p.jsonl"], "overschrijven"),
        (["out.rejects.jsonl", "-o", "out.csv"], "overschrijven"),
        (["folder.csv", "-o", "out.csv"], "map"),
        (["nowhere.parquet", "-o", "out.csv"], "nowhere.parquet"),
        (["p.jsonl", "-o", "folder.csv"], "map"),
        (["p.jsonl", "-o", "no/folder/out.csv"], "rechten"),
    ],
)
def test_a_table_that_cannot_go_anywhere_is_refused(
    arguments: list[str], named: str, tmp_path: Path
) -> None:
    (tmp_path / "p.jsonl").write_text('{"age_years": 40}\n')
    (tmp_path / "out.rejects.jsonl").write_text('{"age_years": 40}\n')
    (tmp_path / "folder.csv").mkdir()
    before = names(tmp_path)

    ran = run("assess", *arguments, cwd=tmp_path)

    assert ran.refused()
    assert named in ran.err
    assert names(tmp_path) == before
    assert (tmp_path / "p.jsonl").read_text() == '{"age_years": 40}\n'


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_a_full_disk_leaves_no_half_result(ending: str, tmp_path: Path) -> None:
    pl.DataFrame({"id": [f"{n * 7919 % 100_003}" for n in range(90_000)], "age_years": 40}
                 ).write_parquet(tmp_path / "p.parquet")  # fmt: skip

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    done = subprocess.run(
        [COMMAND, "assess", "p.parquet", "-o", f"out.{ending}"],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        preexec_fn=little_room,
    )

    assert (done.returncode, done.stdout) == (2, b"")
    assert "ruimte" in done.stderr.decode()
    assert names(tmp_path) == ["p.parquet"]


def test_many_batches_keep_the_order_and_every_row(tmp_path: Path) -> None:
    count = 70_000
    rows = ("[]" if n % 1000 == 7 else f'{{"id": {n}, "age_years": 40}}' for n in range(count))
    (tmp_path / "p.jsonl").write_text("\n".join(rows))

    ran = run("assess", "p.jsonl", "-o", "out.parquet", cwd=tmp_path)

    kept = pl.read_parquet(tmp_path / "out.parquet")["id"].cast(pl.Int64)
    rejected = [row["row"] for row in lines(tmp_path / "out.rejects.jsonl")]
    assert ran.code == 3
    assert kept.is_sorted()
    assert len(kept) + len(rejected) == count
    assert rejected == [n + 1 for n in range(count) if n % 1000 == 7]


def test_wide_rows_of_a_large_csv_are_named_by_their_own_number(tmp_path: Path) -> None:
    with (tmp_path / "p.csv").open("w") as file:
        file.write("id,age_years\n")
        for n in range(1, 300_001):
            file.write(f'"{n:040}\n",40{",x" if n % 50_000 == 0 else ""}\n')

    ran = run("assess", "p.csv", "-o", "out.parquet", cwd=tmp_path)

    found = pl.read_parquet(tmp_path / "out.parquet")
    assert ran.code == 3
    assert found.height == 300_000 - 6
    assert [row["row"] for row in lines(tmp_path / "out.rejects.jsonl")] == [
        n * 50_000 for n in range(1, 7)
    ]


class Watched(io.FileIO):
    """A file that knows how much of it was read."""

    taken = 0

    def read(self, size: int | None = -1, /) -> bytes:
        found = super().read(size) or b""
        self.taken += len(found)
        return found


@pytest.mark.hazard("H-51")
def test_a_parquet_file_is_read_as_it_is_needed_and_not_kept_whole(tmp_path: Path) -> None:
    rows = tables.ROWS_AT_ONCE * 4
    ages = pl.select(age_years=pl.int_range(rows, dtype=pl.Int32) % 100)
    file = tmp_path / "people.parquet"
    ages.write_parquet(file, row_group_size=rows // 16, compression="uncompressed")
    with Watched(file) as stream:
        next(tables.read(stream, "parquet", load_knowledge(), file.name))

        taken = stream.taken

    assert 0 < taken < file.stat().st_size / 2
