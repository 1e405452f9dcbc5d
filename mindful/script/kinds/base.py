"""What every kind of step shares: strict keys, frozen values, and the short form."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator
from pydantic_core import PydanticCustomError

from mindful.script.values import LANGUAGE


class Strict(BaseModel):
    """Unknown keys are problems; nothing changes after it was read. Attribute docstrings become the schema's help."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        use_attribute_docstrings=True,
        populate_by_name=True,
        regex_engine="python-re",
        allow_inf_nan=False,
        coerce_numbers_to_str=True,
        str_strip_whitespace=True,
    )


def not_a_bool(value: Any) -> Any:
    if isinstance(value, bool):
        raise PydanticCustomError("number", "a number is wanted here, not {source}", {"source": str(value).lower()})
    return value


Whole = Annotated[int, BeforeValidator(not_a_bool)]
"""A whole number; `true` is not one."""
Real = Annotated[float, BeforeValidator(not_a_bool)]
"""A number; `true` is not one."""


class Kind(Strict):
    """The body of one kind of step."""

    short: ClassVar[str | None] = None
    """The field that a bare value fills: `bell: bowl` is `bell: {sound: bowl}`."""
    texts: ClassVar[bool] = False
    """Whether the short form is a text, so that a map of languages is one too."""
    playable: ClassVar[bool] = True
    """False: modelled and checked, but no performer plays it in this version."""
    holes: ClassVar[frozenset[str]] = frozenset()
    """Names that the kind itself puts into its texts, as `scan` does with `{region}`."""

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, data: Any) -> Any:
        if data is None:
            return {}
        if cls.short is None or isinstance(data, cls):
            return data
        if not isinstance(data, dict) or cls._is_short_map(data):
            return {cls.short: data}
        return data

    @classmethod
    def _is_short_map(cls, data: dict[Any, Any]) -> bool:
        fields = {f.alias or n for n, f in cls.model_fields.items()}
        return (
            cls.texts and bool(data) and all(isinstance(k, str) and LANGUAGE.match(k) and k not in fields for k in data)
        )
