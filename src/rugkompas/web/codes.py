"""A link as a QR code."""

from __future__ import annotations

import qrcode
from markupsafe import Markup


def drawn(link: str) -> Markup:
    """The link as a QR code: one drawing, without any script or request."""
    made = qrcode.QRCode(border=4)
    made.add_data(link)
    rows = made.get_matrix()
    squares = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
    size = len(rows)
    return Markup(
        '<svg class="code" viewBox="0 0 {0} {0}" aria-hidden="true">'
        '<rect width="{0}" height="{0}" fill="#fff"/><path d="{1}" fill="#000"/></svg>'
    ).format(size, squares)
