"""Addresses of booking. Like all of the site, none tells anything about health."""

from __future__ import annotations

from django.urls import path

from rugkompas.web.booking.views import asking, desk, frames, own, start

urlpatterns = [
    path("afspraak/", start.start, name="booking"),
    path("afspraak/tijd/", start.times, name="booking_times"),
    path("afspraak/gegevens/", asking.details, name="booking_details"),
    path("afspraak/controle/", asking.check, name="booking_check"),
    path("afspraak/verstuurd/", asking.sent, name="booking_sent"),
    path("afspraak/mijn/<str:token>/", own.own, name="booking_own"),
    path("afspraak/mijn/<str:token>/verzetten/", own.move, name="booking_move"),
    path("afspraak/mijn/<str:token>/afspraak.ics", own.calendar, name="booking_calendar"),
    path("praktijk/", desk.desk, name="practice_desk"),
    path("praktijk/agenda/<str:token>.ics", desk.agenda, name="practice_agenda"),
    path("praktijk/uitnodiging/<str:token>/", desk.invited, name="practice_invited"),
    path("praktijk/<uuid:pk>/", desk.one, name="practice_one"),
    path("praktijk/<uuid:pk>/overdracht/", desk.shared, name="practice_shared"),
    path("inbed/titel/", frames.claim, name="embed_claim"),
    path("inbed/afspraak/", frames.intake, name="embed_intake"),
    path("kleuren.css", frames.colours, name="practice_colours"),
]
