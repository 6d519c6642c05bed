"""The folders of the knowledge and their keys."""

from __future__ import annotations

from typing import Any, Literal, get_args, get_origin

import msgspec

from made.markdown import table
from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.burden_schema import BurdenRow
from rugkompas.catalogue.claim_schema import ClaimModel
from rugkompas.catalogue.load import KINDS, Release
from rugkompas.catalogue.population_schema import Ages, Drawn, Population
from rugkompas.catalogue.prognosis_schema import (
    Accuracy,
    Moment,
    Predictor,
    Prognosis,
    Reading,
    Start,
)
from rugkompas.catalogue.topic_schema import Drawing, Number, Part, Row, Statement


def knowledge_folders(_: Knowledge) -> str:
    """What a file of each folder of knowledge may hold."""
    parts = [
        "# The knowledge folder\n",
        "`src/rugkompas/knowledge`: one file per fact, the name of the file is its id. Unknown\n"
        "keys are refused with file and line. Words for people stand apart, in `words`.\n",
    ]
    shapes: dict[str, type[msgspec.Struct]] = {
        **KINDS,
        "burden_figures: rows": BurdenRow,
        "release.yaml": Release,
        "population.yaml": Population,
        "population.yaml: ages": Ages,
        "population.yaml: drawn": Drawn,
        "prognosis.yaml": Prognosis,
        "prognosis.yaml: start": Start,
        "prognosis.yaml: moments": Moment,
        "prognosis.yaml: predictors": Predictor,
        "prognosis.yaml: reads": Reading,
        "prognosis.yaml: accuracy": Accuracy,
        "claim_model.yaml": ClaimModel,
        "topics: parts": Part,
        "topics: statements": Statement,
        "topics: numbers": Number,
        "topics: drawing": Drawing,
        "topics: rows": Row,
    }
    for kind, type_ in shapes.items():
        doc = " ".join((type_.__doc__ or "").split()).replace("``", "`")
        rows = [
            (
                f"`{field.encode_name}`",
                _type(field.type),
                "required" if field.required else "",
            )
            for field in msgspec.structs.fields(type_)
        ]
        parts += [f"## {kind}\n", doc + "\n", table(("key", "holds", ""), rows)]
    parts += [
        "## words\n",
        "One folder per language (`nl`, `en`), the same files and ids in each, the same\n"
        "`{placeholders}` in each sentence. See [add a language](../how-to/add-a-language.md).\n",
    ]
    return "\n".join(parts)


def _type(type_: Any) -> str:
    origin = get_origin(type_)
    if origin is Literal:
        return " / ".join(f"`{value or 'empty'}`" for value in get_args(type_))
    if hasattr(type_, "__metadata__"):
        return _type(type_.__origin__)
    if origin is list:
        return f"list of {_type(get_args(type_)[0])}"
    if origin is dict:
        return f"object of {_type(get_args(type_)[1])}"
    inner = [part for part in get_args(type_) if part is not type(None)]
    if inner:
        return " or ".join(_type(part) for part in inner)
    names = {"str": "text", "int": "whole number", "float": "number", "bool": "true / false"}
    name: str = type_.__name__
    return names.get(name, name.lower())
