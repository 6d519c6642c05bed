"""The triage table: one function per row, under the id of its file in knowledge/red_flags.

``ROWS`` holds them in the order of the table. The row that fires when no other does (C00)
has no function: it is what is left.
"""

from __future__ import annotations

from rugkompas.rules.red_flags import emergency, planned, same_day, within_days
from rugkompas.rules.red_flags.register import Row

ROWS: dict[str, Row] = {
    id_: row
    for module in (emergency, same_day, within_days, planned)
    for id_, row in module.row.rows.items()
}
NO_OTHER_ROW = "C00"

__all__ = ["NO_OTHER_ROW", "ROWS", "Row"]
