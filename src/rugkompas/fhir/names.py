"""Addresses, code systems and codes of others. A code that is not here is never sent.

``BASE`` names our own definitions. It is a name and not a place: nothing has to answer there.
Whoever runs Rugkompas under an own name changes this one line.
"""

from __future__ import annotations

from dataclasses import dataclass

from rugkompas.catalogue import Knowledge

BASE = "https://rugkompas.example/fhir"
FHIR_VERSION = "4.0.1"
INTAKE = f"{BASE}/Questionnaire/intake"
GUIDELINE = f"{BASE}/PlanDefinition/low-back-pain"
RECORD = f"{BASE}/NamingSystem/record"
"""The system of the id that a person has in a file or table of ours."""

QUESTIONS = f"{BASE}/CodeSystem/questions"
ANSWERS = f"{BASE}/CodeSystem/answers"
OPTIONS = f"{BASE}/CodeSystem/options"
RESULTS = f"{BASE}/CodeSystem/results"
OVERRIDES = f"{BASE}/CodeSystem/overrides"
"""Why somebody goes on with an order all the same."""
POPULATED_FROM = f"{BASE}/StructureDefinition/populated-from"

LOINC = "http://loinc.org"
SNOMED = "http://snomed.info/sct"
UCUM = "http://unitsofmeasure.org"
ATC = "http://www.whocc.no/atc"
SYSTEMS = {
    "loinc": LOINC,
    "snomed": SNOMED,
    "icpc1": "http://hl7.org/fhir/sid/icpc-1-nl",
    "icd10": "http://hl7.org/fhir/sid/icd-10",
}
"""Name of a system in the knowledge -> its address in FHIR."""

_CORE = "http://hl7.org/fhir/StructureDefinition/"
_SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire"
TRANSLATION = f"{_CORE}translation"
MIN_VALUE = f"{_CORE}minValue"
MAX_VALUE = f"{_CORE}maxValue"
UNIT = f"{_CORE}questionnaire-unit"
ITEM_CONTROL = f"{_CORE}questionnaire-itemControl"
HIDDEN = f"{_CORE}questionnaire-hidden"
ABSENT = f"{_CORE}data-absent-reason"
ENABLE_WHEN = f"{_SDC}-enableWhenExpression"
LINK_PERIOD = f"{_SDC}-observationLinkPeriod"

SDC_PROFILES = tuple(f"{_SDC}{part}|3.0.0" for part in ("", "-behave", "-pop-obsn"))
"""Of SDC 3.0.0: in 4.0.0 a version needs a way to order it, and ours have none."""
SDC_RESPONSE = f"{_SDC}response|3.0.0"
PAIN_PROFILE = "http://nictiz.nl/fhir/StructureDefinition/nl-core-PainScore"
_SHAREABLE = ("ActivityDefinition", "CodeSystem", "PlanDefinition", "ValueSet")
PROFILES = {
    "Observation": (PAIN_PROFILE,),
    "Questionnaire": SDC_PROFILES,
    "QuestionnaireResponse": (SDC_RESPONSE,),
    **{type_: (f"{_CORE}shareable{type_.lower()}|4.0.1",) for type_ in _SHAREABLE},
}
"""Type -> the profiles that resources of ours claim, where they hold."""


@dataclass(frozen=True, slots=True)
class Foreign:
    """A code of somebody else's system. use: where we read or write it. seen: where it was
    seen with this meaning."""

    system: str
    code: str
    display: str
    use: str
    seen: str


PAIN = Foreign(
    LOINC,
    "72514-3",
    "Pain severity - 0-10 verbal numeric rating [Score] - Reported",
    "pain_nrs, and the pain of a day in a diary",
    "triage dossier, section 11; examples of HL7 Europe and HL7 Belgium",
)
PAIN_SCORE = Foreign(
    SNOMED,
    "225908003",
    "Pain score",
    "beside the LOINC code, as nl-core-PainScore has it",
    "nl-core-PainScore (zib 2020, Nictiz)",
)
NUMERIC_RATING = Foreign(
    "urn:oid:2.16.840.1.113883.2.4.3.11.60.40.4.9.1",
    "NRS",
    "Numeric rating scale",
    "method of the pain score",
    "rules of nl-core-PainScore (its code), example of nl-core-PainScore (its system)",
)
PREGNANCY = Foreign(
    LOINC,
    "82810-3",
    "Pregnancy status",
    "pregnancy",
    "triage dossier, section 11; anthrax example of CPG on FHIR",
)
AGE = Foreign(LOINC, "30525-0", "Age", "age_years", "triage dossier, section 11")
PREGNANT = Foreign(
    SNOMED,
    "77386006",
    "Pregnancy",
    "read in $populate",
    "triage dossier, section 11; anthrax example of CPG on FHIR",
)
CANCER = Foreign(
    SNOMED,
    "363346000",
    "Malignant neoplastic disease",
    "cancer, read in $populate",
    "triage dossier, section 11",
)
ANEURYSM = Foreign(
    SNOMED,
    "233985008",
    "Abdominal aortic aneurysm",
    "known_aaa, read in $populate",
    "triage dossier, section 11",
)
OSTEOPOROSIS = Foreign(
    SNOMED,
    "64859006",
    "Osteoporosis",
    "bone_risk and the person fact osteoporosis, read in $populate",
    "triage dossier, section 11",
)
FEVER = Foreign(SNOMED, "386661006", "Fever", "fever_or_chills", "triage dossier, section 11")
WEIGHT_LOSS = Foreign(
    SNOMED,
    "89362005",
    "Weight loss",
    "weight_loss_unintended",
    "triage dossier, section 11",
)
LUMBAR_SPINE = Foreign(
    SNOMED,
    "122496007",
    "Lumbar spine structure",
    "body site of an order, read by CDS Hooks",
    "list of body parts of DICOM; several public code lists",
)
IMAGING = Foreign(
    SNOMED,
    "363679005",
    "Imaging",
    "category of an order, read by CDS Hooks",
    "FHIR R4, value set servicerequest-category",
)
GENERAL_PRACTICE = Foreign(
    SNOMED,
    "394814009",
    "General practice",
    "specialty of an appointment, read by CDS Hooks",
    "FHIR R4, example of Appointment",
)
PHYSIOTHERAPY = Foreign(
    SNOMED,
    "722138006",
    "Physiotherapy",
    "specialty of an appointment, read by CDS Hooks",
    "public lists of Swiss, Canadian and British programs",
)
OPIOIDS = Foreign(
    ATC,
    "N02A",
    "Opioids",
    "group of a medicine that is ordered, read by CDS Hooks",
    "WHO ATC, as openFDA lists it for tramadol and oxycodone",
)
FOREIGN = (
    *(PAIN, PAIN_SCORE, NUMERIC_RATING, PREGNANCY, AGE, PREGNANT, CANCER, ANEURYSM, OSTEOPOROSIS),
    *(FEVER, WEIGHT_LOSS, LUMBAR_SPINE, IMAGING, GENERAL_PRACTICE, PHYSIOTHERAPY, OPIOIDS),
)
"""Every code of LOINC, SNOMED CT, ATC and Nictiz that we read or write, apart from those of
conditions (``knowledge/conditions``, each with its own source)."""
DISPLAYS = {(code.system, code.code): code.display for code in FOREIGN}


def versioned(address: str, knowledge: Knowledge) -> str:
    """The canonical address of one version."""
    return f"{address}|{knowledge.version}"
