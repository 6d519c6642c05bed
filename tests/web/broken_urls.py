"""The addresses of the site, and one that fails as real code does: with an answer in its error."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from rugkompas.web.urls import handler400, handler403, handler404, handler500, urlpatterns

SECRET = "kanarie-in-een-fout"

__all__ = ["handler400", "handler403", "handler404", "handler500"]


def broken(request: HttpRequest) -> HttpResponse:
    answers = {"saddle_change": SECRET}
    return HttpResponse(str(answers[f"{SECRET}{request.POST}"]))


urlpatterns = [*urlpatterns, path("stuk/", broken)]
