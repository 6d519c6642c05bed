"""The addresses of the API. Each takes answers, gives a result and keeps nothing."""

from __future__ import annotations

from typing import Any, Literal

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError

import rugkompas
from rugkompas.assess import Assessment, assess
from rugkompas.assess.follow_up import follow_up
from rugkompas.assess.plan import NotOffered, plan
from rugkompas.assess.prognosis import prognosis_of
from rugkompas.catalogue.load import KINDS
from rugkompas.claims.document import Reader, is_title
from rugkompas.claims.judge import judge
from rugkompas.outputs import claims_data
from rugkompas.outputs.data import as_data
from rugkompas.outputs.diary_report import diary_data
from rugkompas.outputs.plan_report import plan_data
from rugkompas.outputs.prognosis_report import prognosis_data
from rugkompas.outputs.short_report import short_report
from rugkompas.people.diary import Book, DiaryError
from rugkompas.people.diary.exchange import lines_in
from rugkompas.people.problems import BadAnswers, Problem
from rugkompas.web.api import describe
from rugkompas.web.api.bodies import WHERE, WrongMedia, field, object_of, only
from rugkompas.web.api.problems import LANGUAGES, language_of, problem
from rugkompas.web.api.steps import next_step, status
from rugkompas.web.rules import knowledge, today

Language = Literal["nl", "en"]
Kind: Any = Literal[tuple(KINDS)]
MOST_TEXT = 20_000
_NAMES = {
    **{"following": "next", "assessment": "assess", "reported": "report", "planned": "plan"},
    **{"facts": "knowledge"},
}
"""Function -> its name in the description, where Python has the word of the address already."""


class Api(NinjaAPI):
    """The schemas of ours beside those that Ninja makes."""

    def get_openapi_schema(self, **given: Any) -> Any:
        made = super().get_openapi_schema(**given)
        made["components"]["schemas"].update(describe.schemas(knowledge()))
        return made

    def get_openapi_operation_id(self, operation: Any) -> str:
        """The name that programs made from the description give a call: that of its address."""
        name: str = operation.view_func.__name__
        return _NAMES.get(name, name)


api = Api(
    title="Rugkompas",
    version=rugkompas.__version__,
    description=describe.ABOUT,
    docs_url=None,
    urls_namespace="api",
    openapi_extra={"info": {"license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}}},
)


def _answer(data: Any) -> HttpResponse:
    return HttpResponse(msgspec.json.encode(data), content_type="application/json")


@api.get(
    "/questions", **describe.looked_up("Every question with its words", "Question", several=True)
)
def questions(request: HttpRequest, language: Language = "nl") -> HttpResponse:  # noqa: ARG001
    """Everything that can be asked: the id of its answer, what it takes, and its words."""
    held = knowledge()
    said = held.words[language].questions
    asked = sorted(held.questions.values(), key=lambda q: (q.order, q.id))
    return _answer(
        [
            msgspec.to_builtins(question)
            | ({"words": msgspec.to_builtins(said[question.id])} if question.id in said else {})
            for question in asked
        ]
    )


@api.post("/next", **describe.next_page())
def following(request: HttpRequest, language: Language = "nl") -> HttpResponse:
    """What to ask next. ``page`` is null when nothing is left, or when calling comes first."""
    sent = object_of(request)
    only(sent, "answers", "passed", "life")
    passed = field(sent, "passed", list, [])
    if not all(isinstance(step, str) for step in passed):
        raise BadAnswers([Problem("not_a_list_of_ids", "passed")])
    answers, life = field(sent, "answers", dict, {}), field(sent, "life", bool, False)
    page = next_step(answers, passed, life, language)
    return _answer({"page": page, **status(language)})


@api.post("/assess", **describe.of_answers("The assessment of one person", "Assessment"))
def assessment(request: HttpRequest, language: Language = "nl") -> HttpResponse:
    """How fast to see whom, kind and course, what plays a role, what fits, when to look again."""
    return _answer(as_data(_assessed(request), language))


@api.post(
    "/report", **describe.of_answers("The assessment and the short result in words", "Report")
)
def reported(request: HttpRequest, language: Language = "nl") -> HttpResponse:
    """The assessment, and under ``report`` the short result in words for who gave the answers."""
    found = _assessed(request)
    return _answer(as_data(found, language) | {"report": short_report(found, language)})


@api.post(
    "/options", **describe.of_answers("What fits this life, and what does not", "FittingOptions")
)
def options(request: HttpRequest, language: Language = "nl") -> HttpResponse:
    """Every option, offered or with its reason; nothing while calling comes first."""
    made = as_data(_assessed(request), language)
    return _answer({name: made[name] for name in ("knowledge", "triage", "options", "sources")})


@api.post(
    "/plan", **describe.of_answers("A plan of what was picked, or a proposal", "PlannedAssessment")
)
def planned(request: HttpRequest, language: Language = "nl") -> HttpResponse:
    """The plan. What was picked and does not fit is refused with its reason."""
    found = _assessed(request)
    return _answer(as_data(found, language) | {"plan": plan_data(plan(found))})


@api.post("/prognosis", **describe.of_answers("How it may go on", "Prognosis"))
def prognosis(request: HttpRequest, language: Language = "nl") -> HttpResponse:
    """The chance of being clearly limited after 3 and 12 months, with its range. While
    ``call_first`` is true show that call instead."""
    return _answer(prognosis_data(prognosis_of(_assessed(request)), language))


@api.post("/course", **describe.of_diary())
def course(request: HttpRequest, language: Language = "nl") -> HttpResponse:
    """Is it going better? From a diary as ``rugkompas diary export`` writes it in JSON."""
    object_of(request)
    book = Book(lines_in(request.body, "json", WHERE, knowledge()))
    return _answer(diary_data(follow_up(book, on=today(), knowledge=knowledge()), language))


@api.post("/check", **describe.of_text(MOST_TEXT))
def check(request: HttpRequest) -> HttpResponse:
    """What a title or text promises, and what is known about it."""
    sent = object_of(request)
    only(sent, "text")
    text = field(sent, "text", str).strip()
    if not text:
        raise BadAnswers([Problem("text_empty", "text")])
    if len(text) > MOST_TEXT:
        raise BadAnswers([Problem("row_too_long", "text", {"limit": str(MOST_TEXT)})])
    held = knowledge()
    if is_title(text):
        return _answer(claims_data.as_data(judge()(text), text, held))
    read = Reader(held, judge())(text)
    return _answer(claims_data.as_data(read.verdict, read.title, held, read))


@api.get("/knowledge", **describe.looked_up("Every fact by its id", "FactIds"))
def facts(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The version, and the ids of all facts by kind."""
    held = knowledge()
    ids = {kind: sorted(getattr(held, kind)) for kind in KINDS}
    return _answer({"version": held.version, "kinds": ids})


@api.get("/knowledge/{kind}/{id_}", **describe.looked_up("One fact", "Fact", errors=(404, 422)))
def fact(request: HttpRequest, kind: Kind, id_: str, language: Language = "nl") -> HttpResponse:
    """One fact whole, with its words and the sources that it names."""
    held = knowledge()
    found = getattr(held, str(kind)).get(id_)
    if found is None:
        return problem(request, 404)
    words = getattr(held.words[language], str(kind), {})
    data = msgspec.to_builtins(found)
    named = sorted(_sources_in(data) & held.sources.keys())
    return _answer(
        {
            "id": id_,
            "kind": kind,
            "data": data,
            "words": msgspec.to_builtins(words.get(id_)),
            "sources": {name: msgspec.to_builtins(held.sources[name]) for name in named},
        }
    )


def _sources_in(data: Any) -> set[str]:
    """Everything that stands under a key ``source``."""
    if isinstance(data, dict):
        own = {data["source"]} if isinstance(data.get("source"), str) else set()
        return own.union(*map(_sources_in, data.values()))
    return set().union(*map(_sources_in, data)) if isinstance(data, list) else set()


def _assessed(request: HttpRequest) -> Assessment:
    return assess(object_of(request), on=today(), knowledge=knowledge())


@api.exception_handler(BadAnswers)
def _bad_answers(request: HttpRequest, error: BadAnswers) -> HttpResponse:
    return problem(request, 422, error.problems)


@api.exception_handler(DiaryError)
def _bad_diary(request: HttpRequest, error: DiaryError) -> HttpResponse:
    return problem(request, 422, [error.problem])


@api.exception_handler(NotOffered)
def _not_offered(request: HttpRequest, error: NotOffered) -> HttpResponse:
    said = knowledge().words[language_of(request)].options_report
    return problem(
        request,
        422,
        [
            Problem(
                "pick_not_offered",
                f"picks.{it.id}",
                {"reason": said[f"group_{it.reason}"], "id": it.id},
            )
            for it in error.picks
        ],
    )


@api.exception_handler(WrongMedia)
def _wrong_media(request: HttpRequest, _error: WrongMedia) -> HttpResponse:
    return problem(request, 415)


@api.exception_handler(ValidationError)
def _bad_query(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What an address may ask for: a language, and a kind of fact."""
    allowed = {"language": ", ".join(LANGUAGES), "kind": ", ".join(KINDS)}
    names = [str(it["loc"][-1]) for it in error.errors]
    return problem(
        request,
        422,
        [Problem("not_a_value", name, {"allowed": allowed.get(name, "")}) for name in names],
    )
