"""Which of both languages a text is in, from its small words and letter pairs."""

from __future__ import annotations

from rugkompas.claims.text import Normal

SMALL_WORDS = {
    "nl": frozenset(
        ["de", "het", "een", "en", "van", "ik", "te", "dat", "die", "in", "je", "zijn", "op", "aan", "met", "als", "voor", "er", "maar", "om", "hem", "dan", "zou", "wat", "mijn", "uw", "jouw", "dit", "zo", "door", "over", "ze", "zich", "bij", "ook", "tot", "uit", "naar", "heb", "hoe", "heeft", "hebben", "deze", "nog", "zal", "me", "zij", "nu", "geen", "omdat", "iets", "worden", "toch", "al", "waren", "veel", "meer", "doen", "toen", "moet", "kan", "kun", "kunt", "kunnen", "hun", "dus", "alles", "onder", "ja", "eens", "hier", "wie", "werd", "niet", "tegen", "na", "zonder", "waarom", "welke", "welk", "wanneer", "hét", "dé", "één", "u", "we", "wij", "jij", "jullie", "is", "was", "beste", "oefening", "oefeningen", "rug", "pijn", "wordt", "moeten", "mag", "helpt", "tijdens", "zelf", "weg", "af", "van", "snel", "tussen", "rugpijn", "rugklachten"]
    ),
    "en": frozenset(
        ["the", "a", "an", "and", "of", "to", "in", "that", "it", "you", "your", "is", "are", "was", "for", "on", "with", "as", "at", "by", "be", "this", "from", "or", "have", "not", "but", "what", "my", "how", "do", "does", "why", "can", "could", "i", "we", "he", "she", "they", "them", "their", "his", "her", "our", "which", "when", "who", "will", "would", "should", "may", "might", "has", "had", "if", "about", "into", "than", "then", "these", "those", "more", "most", "no", "so", "up", "out", "get", "back", "pain", "best", "exercises", "exercise", "stretches", "every", "here", "its", "it's", "don't", "i'm", "after", "before", "without", "during", "new", "all", "one", "way", "ways"]
    ),
}
SUBJECT_WORDS = {
    "nl": frozenset(
        ["rug", "rugpijn", "rugklachten", "onderrug", "lage", "pijn", "klachten", "pijnvrij", "houding", "zithouding", "ischias", "spit", "wervels", "wervelkolom", "oefening", "oefeningen", "oefenen", "behandeling", "behandelen", "oorzaak", "oorzaken", "verlichting", "verlichten", "verminderen", "voorkomen", "matras", "kussen", "stoel", "bewegen", "beweging", "stoppen", "genezen", "oplossing", "oplossen", "dagen", "minuten", "weken", "rekken", "spieren", "bekken", "fysiotherapeut", "fysiotherapie", "osteopathie", "chiropractie", "huisarts", "artsen", "zwanger", "zitten", "tillen", "verkeerde", "verkeerd", "slechte", "zenuw", "onderzoek", "mythes", "mythe", "onzin", "waarheid", "geheim", "verborgen", "snel", "direct", "voorgoed", "kracht", "voordelen", "rugbrace", "zenuwpijn"]
    ),
    "en": frozenset(
        ["back", "pain", "backpain", "backache", "sciatica", "sciatic", "spine", "spinal", "posture", "disc", "discs", "lower", "low", "stretch", "stretches", "stretching", "exercise", "exercises", "workout", "workouts", "treatment", "treatments", "cure", "cures", "heal", "healing", "fix", "relief", "relieve", "cause", "causes", "symptoms", "mattress", "mattresses", "pillow", "chair", "chairs", "days", "minutes", "weeks", "muscles", "core", "glutes", "hips", "doctor", "doctors", "physiotherapy", "physio", "chiropractic", "chiropractor", "osteopathy", "surgery", "nerve", "herniated", "bulging", "slipped", "study", "review", "trial", "myth", "myths", "truth", "secret", "secrets", "hidden", "fast", "instant", "instantly", "safe", "oil", "snake", "worst", "mistakes", "avoid", "benefits", "brace", "corrector", "culprit", "vertebrae", "vertebral", "fused", "naturally", "lumbar", "relieving", "solution"]
    ),
}
"""Words of the field; they count half as much."""
STRIPPED = ".,:;!?\"'()[]-"
"""Signs around a word that do not belong to it."""
_BOTH = SMALL_WORDS["nl"] & SMALL_WORDS["en"]
LETTER_GROUPS = {
    "nl": ("ij", "aa", "ee", "uu", "oe", "ui", "eu", "sch", "cht", "klacht"),
    "en": ("th", "wh", "sh", "ea", "ow", "tion", "ing", "'s", "ough", "ck"),
}


def detect(normal: Normal) -> str | None:
    """``nl`` or ``en``; None when both fit equally well."""
    words = [word.strip(STRIPPED) for word in normal.words]
    score = 0
    for word in words:
        if word not in _BOTH:
            score += 4 * ((word in SMALL_WORDS["nl"]) - (word in SMALL_WORDS["en"]))
            score += 2 * ((word in SUBJECT_WORDS["nl"]) - (word in SUBJECT_WORDS["en"]))
    if not score:
        text = normal.text
        score = sum(map(text.count, LETTER_GROUPS["nl"])) - sum(
            map(text.count, LETTER_GROUPS["en"])
        )
    return "nl" if score > 0 else "en" if score < 0 else None
