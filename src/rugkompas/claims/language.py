"""Which of both languages a text is in, from its small words and letter pairs."""

from __future__ import annotations

from functools import lru_cache

from rugkompas.claims.text import Normal


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


SMALL_WORDS = {
    "nl": _set(
        "aan af al alles als beste bij dan dat de deze die dit doen door dus dé een eens "
        "en er geen heb hebben heeft helpt hem het hier hoe hun hét iets ik in is ja je "
        "jij jouw jullie kan kun kunnen kunt maar mag me meer met mijn moet moeten na "
        "naar niet nog nu oefening oefeningen om omdat onder ook op over pijn rug "
        "rugklachten rugpijn snel te tegen tijdens toch toen tot tussen u uit uw van veel "
        "voor waarom wanneer waren was wat we weg welk welke werd wie wij worden wordt "
        "zal ze zelf zich zij zijn zo zonder zou één"
    ),
    "en": _set(
        "a about after all an and are as at back be before best but by can could do does "
        "don't during every exercise exercises for from get had has have he her here his "
        "how i i'm if in into is it it's its may might more most my new no not of on one "
        "or our out pain she should so stretches than that the their them then these they "
        "this those to up was way ways we what when which who why will with without would "
        "you your"
    ),
}
SUBJECT_WORDS = {
    "nl": _set(
        "artsen behandelen behandeling bekken bewegen beweging chiropractie dagen direct "
        "fysiotherapeut fysiotherapie geheim genezen houding huisarts ischias klachten "
        "kracht kussen lage matras minuten mythe mythes oefenen oefening oefeningen "
        "onderrug onderzoek onzin oorzaak oorzaken oplossen oplossing osteopathie pijn "
        "pijnvrij rekken rug rugbrace rugklachten rugpijn slechte snel spieren spit stoel "
        "stoppen tillen verborgen verkeerd verkeerde verlichten verlichting verminderen "
        "voordelen voorgoed voorkomen waarheid weken wervelkolom wervels zenuw zenuwpijn "
        "zithouding zitten zwanger"
    ),
    "en": _set(
        "avoid back backache backpain benefits brace bulging cause causes chair chairs "
        "chiropractic chiropractor core corrector culprit cure cures days disc discs "
        "doctor doctors exercise exercises fast fix fused glutes heal healing herniated "
        "hidden hips instant instantly low lower lumbar mattress mattresses minutes "
        "mistakes muscles myth myths naturally nerve oil osteopathy pain physio "
        "physiotherapy pillow posture relief relieve relieving review safe sciatic "
        "sciatica secret secrets slipped snake solution spinal spine stretch stretches "
        "stretching study surgery symptoms treatment treatments trial truth vertebrae "
        "vertebral weeks workout workouts worst"
    ),
}
"""Words of the field; they count half as much."""
STRIPPED = ".,:;!?\"'()[]-"
"""Signs around a word that do not belong to it."""
_BOTH = SMALL_WORDS["nl"] & SMALL_WORDS["en"]
_REMEMBERED = 50_000
LETTER_GROUPS = {
    "nl": ("ij", "aa", "ee", "uu", "oe", "ui", "eu", "sch", "cht", "klacht"),
    "en": ("th", "wh", "sh", "ea", "ow", "tion", "ing", "'s", "ough", "ck"),
}


def detect(normal: Normal) -> str | None:
    """``nl`` or ``en``, by words, else by letters; None when both fit equally well."""
    score = _word_score(normal)
    if not score:
        text = normal.text
        score = sum(map(text.count, LETTER_GROUPS["nl"])) - sum(
            map(text.count, LETTER_GROUPS["en"])
        )
    return _language(score)


def by_words(normal: Normal) -> str | None:
    """``nl`` or ``en`` by words alone; None when they do not tell."""
    return _language(_word_score(normal))


def _language(score: int) -> str | None:
    return "nl" if score > 0 else "en" if score < 0 else None


def _word_score(normal: Normal) -> int:
    return sum(map(_weight, normal.words))


@lru_cache(maxsize=_REMEMBERED)
def _weight(word: str) -> int:
    """More than 0 for Dutch, less for English; the same words come back in title after title."""
    word = word.strip(STRIPPED)
    if word in _BOTH:
        return 0
    small = (word in SMALL_WORDS["nl"]) - (word in SMALL_WORDS["en"])
    subject = (word in SUBJECT_WORDS["nl"]) - (word in SUBJECT_WORDS["en"])
    return 4 * small + 2 * subject
