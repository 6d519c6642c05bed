"""Is the site well? Exit code 0 or 1, and one line. Asking also erases what ran out.

It speaks as the proxy does, with the first name of RUGKOMPAS_HOSTS. RUGKOMPAS_PORT: the port of
the site on this machine, 8000 unless it is set. Needs no package.
"""

from __future__ import annotations

import http.client
import os
import sys

SECONDS = 4


def main() -> int:
    """Ask /gezond/ once."""
    name = os.environ.get("RUGKOMPAS_HOSTS", "localhost").split(",")[0].strip()
    headers = {"Host": name, "X-Forwarded-Proto": "https"}
    port = int(os.environ.get("RUGKOMPAS_PORT", "8000"))
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    try:
        asked.request("GET", "/gezond/", headers=headers)
        answer = asked.getresponse()
        told = answer.read(500).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException) as error:
        sys.stdout.write(f"no answer: {type(error).__name__}\n")
        return 1
    finally:
        asked.close()
    sys.stdout.write(f"{answer.status} {told.strip()}\n")
    return 0 if answer.status == 200 and '"ok"' in told else 1


if __name__ == "__main__":
    sys.exit(main())
