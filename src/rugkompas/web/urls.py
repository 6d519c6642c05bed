"""Every address of the site. No address tells anything about health (hazard H-43): a question
is its place in the interview, and an answer never leaves the body of a request."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path

from rugkompas.web.accounts.urls import urlpatterns as of_accounts
from rugkompas.web.api.routes import api
from rugkompas.web.booking.urls import urlpatterns as booking
from rugkompas.web.cds import views as cds
from rugkompas.web.views import (
    answers,
    choices,
    claims,
    devices,
    errors,
    figures,
    files,
    outlook,
    pages,
    plans,
    questions,
    results,
    topics,
)

urlpatterns = [
    # Programs ask most often, and an address is looked for in this order.
    path("api/v1/", api.urls),
    path("cds-services", cds.discover, name="cds_services"),
    path("cds-services/<str:service>", cds.call, name="cds_service"),
    path("cds-services/<str:service>/feedback", cds.feedback, name="cds_feedback"),
    path("fhir/", include("rugkompas.web.fhir.urls")),
    path("", pages.start, name="start"),
    path("over/", pages.about, name="about"),
    path("privacy/", pages.privacy, name="privacy"),
    path("gezond/", pages.healthy, name="healthy"),
    path("taal/", pages.language, name="language"),
    path("wissen/", pages.wipe, name="wipe"),
    path("titel/", claims.claim, name="claim"),
    path("cijfers/", figures.overview, name="figures"),
    path("cijfers.csv", figures.everything_csv, name="figures_csv"),
    path("cijfers/<int:number>/", figures.one, name="figure"),
    path("cijfers/<int:number>.csv", figures.one_csv, name="figure_csv"),
    path("cijfers/artikel/", figures.article, name="figures_article"),
    path("cijfers/groep/", figures.group, name="figures_group"),
    path("uitleg/", topics.topics, name="topics"),
    path("uitleg/<int:number>/", topics.topic, name="topic"),
    path("antwoord/", answers.answers, name="answers_list"),
    path("antwoord/<int:number>/", answers.answer, name="answer"),
    path("vragen/", questions.current, name="question"),
    path("vragen/<int:number>/", questions.numbered, name="page"),
    path("controle/", questions.check, name="check"),
    path("controle/<int:number>/", questions.changed, name="change"),
    path("nu/", results.now, name="now"),
    path("uitslag/", results.result, name="result"),
    path("vooruit/", outlook.outlook, name="outlook"),
    path("vooruit/vragen/", outlook.more, name="outlook_more"),
    path("keuzes/", choices.options, name="options"),
    path("keuzes/alles/", choices.everything, name="everything"),
    path("plan/", plans.plan, name="plan"),
    path("samenvatting/", results.summary, name="summary"),
    path("uitslag.pdf", files.result_pdf, name="result_pdf"),
    path("plan.pdf", files.plan_pdf, name="plan_pdf"),
    path("samenvatting.pdf", files.summary_pdf, name="summary_pdf"),
    path("plan.ics", files.plan_calendar, name="plan_calendar"),
    path("antwoorden.json", files.answers, name="answers"),
    path("laden/", files.load, name="load"),
    path("dagboek/", include("rugkompas.web.diary.urls")),
    path("verder/", devices.offer, name="device"),
    path("verder/<str:token>/", devices.take, name="take"),
    path("samenvatting.txt", files.summary_text, name="summary_text"),
    path("samenvatting.json", files.summary_json, name="summary_json"),
    path("smart/", include("rugkompas.web.smart.urls")),
    *booking,
    *(of_accounts if settings.ACCOUNTS else ()),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler429 = errors.too_many
handler500 = errors.our_fault
