"""The files of deploy/ are what the guide says, and systemd and nginx take them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from running import run
from server import served

from rugkompas.catalogue import load

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
GUIDE = (ROOT / "docs" / "how-to" / "run-a-site.md").read_text("utf-8")
UNITS = sorted([*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")])
SITE = "rugkompas.service"
WHOLE = re.DOTALL | re.MULTILINE
SEALED = "X" * 60


def test_the_guide_names_every_file_and_every_file_is_there() -> None:
    named = set(re.findall(r"\(\.\./\.\./deploy/([\w.-]+)\)", GUIDE))

    assert named == {path.name for path in DEPLOY.iterdir() if path.is_file()}


def test_every_setting_in_the_files_is_explained_in_the_guide() -> None:
    text = "".join(path.read_text("utf-8") for path in DEPLOY.iterdir() if path.is_file())
    explained = set(re.findall(r"^\| `([A-Z_]+)` \|", GUIDE, re.MULTILINE))
    names = set(re.findall(r"\bRUGKOMPAS_[A-Z_]+", text)) - {"RUGKOMPAS_PORT"}

    assert len(names) > 5
    assert names <= explained


def test_the_example_of_the_settings_is_enough_once_it_is_filled_in() -> None:
    lines = (DEPLOY / "rugkompas.env.example").read_text("utf-8").splitlines()
    names = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    filled = {name: value or SEALED for name, value in names.items()}
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("RUGKOMPAS", "DJANGO"))}

    done = subprocess.run(
        [sys.executable, "-c", "from rugkompas.web.serving import set_up; set_up()"],
        env=kept | filled,
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert done.returncode == 0, done.stderr


@pytest.mark.hazard("H-34", "H-35")
def test_the_page_for_when_the_site_is_down_says_all_in_every_language_by_itself() -> None:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("RUGKOMPAS", "DJANGO"))}
    names = {"RUGKOMPAS_SECRET_KEY": SEALED, "RUGKOMPAS_HOSTS": "rug.example"}
    done = subprocess.run(
        [sys.executable, str(DEPLOY / "down.py")],
        env=kept | names,
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert done.returncode == 0, done.stderr
    page = done.stdout
    assert page.startswith("<!doctype html>")
    for language, words in load().words.items():
        (part,) = re.findall(rf'<section [^>]*lang="{language}".*?</section>', page, re.DOTALL)
        for key in ("error_title_503", "error_text_503", "error_home", "signs_title"):
            assert words.web[key] in part, (language, key)
        assert part.count('href="tel:112"') == 2
    # Nobody is there to answer: no form, and nothing to fetch.
    assert not re.findall(r"<(?:form|button|script|img|iframe|input)\b", page)
    assert "url(" not in page
    fetched = set(re.findall(r'(?:href|src|action)="([^"]*)"', page))
    assert fetched == {"/", "#en", "data:,", "tel:112"}


def test_by_hand_a_command_runs_as_in_the_service() -> None:
    site = (DEPLOY / SITE).read_text("utf-8")
    by_hand = (DEPLOY / "as-site").read_text("utf-8")

    for name in ("EnvironmentFile", "UMask", "StateDirectory", "StateDirectoryMode"):
        (told,) = re.findall(rf"^{name}=(.*)$", site, re.MULTILINE)
        assert f"--property={name}={told}" in by_hand
    (places,) = re.findall(r"^Environment=(.*)$", site, re.MULTILINE)
    assert all(f"--setenv={place}" in by_hand for place in places.split())
    assert "--uid=rugkompas --gid=rugkompas" in by_hand
    assert subprocess.run(["sh", "-n", str(DEPLOY / "as-site")]).returncode == 0


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not here")
def test_systemd_takes_every_unit(tmp_path: Path) -> None:
    for unit in UNITS:
        # The program is not installed here; all else is as it stands.
        text = re.sub(r"/opt/rugkompas/\.venv/bin/\w+", "/bin/true", unit.read_text("utf-8"))
        (tmp_path / unit.name).write_text(text, "utf-8")

    done = subprocess.run(
        ["systemd-analyze", "verify", *map(str, sorted(tmp_path.iterdir()))],
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert done.returncode == 0, done.stderr
    assert "Unknown" not in done.stderr


def test_every_service_has_the_walls_of_the_site() -> None:
    services = {path.name: path.read_text("utf-8") for path in DEPLOY.glob("*.service")}
    walls = re.search(r"^ProtectSystem=.*?^SystemCallErrorNumber=.*?$", services[SITE], WHOLE)

    assert walls is not None
    assert {name for name, text in services.items() if walls[0] not in text} == set()
    assert all("User=" in text for text in services.values())


def test_every_command_of_a_service_is_there() -> None:
    text = "".join(path.read_text("utf-8") for path in DEPLOY.glob("*.service"))
    found = re.findall(r"/\.venv/bin/rugkompas ((?:[a-z]+ ?)+)", text)
    known = [[it for it in words.split() if it.isalpha()] for words in found]

    assert sorted(map(" ".join, known)) == ["accounts remind", "accounts tidy", "backup", "serve"]
    for words in known:
        assert run(*words, "--help").code == 0, words
    for path in re.findall(r"/opt/rugkompas/((?!\.venv)\S+)", text):
        assert (ROOT / path).is_file(), path


@pytest.mark.skipif(shutil.which("nginx") is None, reason="nginx is not here")
def test_nginx_takes_the_example(tmp_path: Path) -> None:
    text = (DEPLOY / "nginx.conf").read_text("utf-8")
    for line in re.findall(r".*(?:ssl_certificate|error_log).*\n", text):
        text = text.replace(line, "")
    text = text.replace(" ssl;", ";").replace("listen 443", "listen 8443")
    whole = f"pid {tmp_path}/pid;\nerror_log {tmp_path}/log;\nevents {{}}\nhttp {{\n{text}\n}}\n"
    (tmp_path / "nginx.conf").write_text(whole, "utf-8")

    done = subprocess.run(
        ["nginx", "-t", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")],
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert done.returncode == 0, done.stderr


def test_the_proxy_logs_nobody_and_sends_what_the_site_needs() -> None:
    proxy = (DEPLOY / "nginx.conf").read_text("utf-8")
    from rugkompas.web.serving import set_up

    os.environ.setdefault("RUGKOMPAS_TRIAL", "1")
    set_up()
    from django.conf import settings

    told = re.search(r"client_max_body_size (\d+)m;", proxy)
    assert told is not None
    assert int(told[1]) * 1024 * 1024 >= settings.MOST_SENT_WITH_DIARY
    assert proxy.count("access_log off;") == proxy.count("server {")
    for header in ("Host $host", "X-Forwarded-Proto $scheme", "X-Forwarded-For $remote_addr"):
        assert f"proxy_set_header {header};" in proxy


def asked(port: int, host: str = "rug.example") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", str(DEPLOY / "health.py")],
        env={"RUGKOMPAS_PORT": str(port), "RUGKOMPAS_HOSTS": host},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_the_question_about_health_speaks_as_the_proxy_does_and_tells_when_nobody_answers(
    tmp_path: Path,
) -> None:
    names = {
        "RUGKOMPAS_SECRET_KEY": SEALED,
        "RUGKOMPAS_HOSTS": "rug.example, www.rug.example",
        "RUGKOMPAS_PROXIES": "1",
    }
    with served(tmp_path, **names) as site:
        well = asked(site.port, names["RUGKOMPAS_HOSTS"])
        stranger = asked(site.port, "elsewhere.example")
    gone = asked(site.port)

    assert (well.returncode, well.stdout[:3]) == (0, "200")
    assert (stranger.returncode, stranger.stdout[:3]) == (1, "400")
    assert gone.returncode == 1
    assert gone.stdout.startswith("no answer")
