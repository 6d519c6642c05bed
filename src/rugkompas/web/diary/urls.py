"""Every address of the diary. The one script of the site may run on these pages alone."""

from __future__ import annotations

from collections.abc import Callable

from csp.constants import SELF
from csp.decorators import csp_update
from django.http.response import HttpResponseBase
from django.urls import path

from rugkompas.web.diary.needs import View
from rugkompas.web.diary.views import (
    begin,
    course,
    day,
    days,
    experiment,
    home,
    keep,
    merge,
    patterns,
    sheet,
)


def _own_script(view: View) -> Callable[..., HttpResponseBase]:
    return csp_update({"script-src": [SELF]})(view)


urlpatterns = [
    path("", _own_script(home.home), name="diary"),
    path("open/", _own_script(home.open_file), name="diary_open"),
    path("begin/", _own_script(begin.begin), name="diary_begin"),
    path("dag/", _own_script(day.day), name="diary_day"),
    path("dagen/", _own_script(days.days), name="diary_days"),
    path("beloop/", _own_script(course.course), name="diary_course"),
    path("samen/", _own_script(merge.merge), name="diary_merge"),
    path("patroon/", _own_script(patterns.goes_with), name="diary_patterns"),
    path("proef/", _own_script(experiment.experiment), name="diary_experiment"),
    path("blad/", _own_script(sheet.sheet), name="diary_sheet"),
    path("meenemen/", _own_script(keep.take), name="diary_take"),
    path("wis/", _own_script(keep.erase), name="diary_erase"),
    path("bestand/", keep.file, name="diary_file"),
    path("tabel/", keep.table, name="diary_table"),
    path("gegevens/", keep.data, name="diary_data"),
    path("momenten/", keep.calendar, name="diary_calendar"),
]
