"""What a property is: its type, its limits and its names in both languages."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=False, pattern=r"^\S(.*\S)?$")]


class Spec(BaseModel):
    """Base of everything read from an ontology file: strict types, no unknown keys, never changed."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Bilingual(Spec):
    """A label or help text in Chinese and English."""

    zh: Words
    en: Words

    def text(self, lang: str) -> str:
        """The text in ``lang``: English for ``en``, Chinese for anything else."""
        return self.en if lang == "en" else self.zh


class EnumValue(Spec):
    """One value of an enumeration: the stored word and its two labels.

    ``also`` are other words for it that offices write: not read, but a fault says which word is meant.
    """

    value: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_]+$")]
    zh: Words
    en: Words
    also: tuple[Words, ...] = ()


class Property(Spec):
    """A property of a class, or a column common to all tables.

    Attributes
    ----------
    name : English column name.
    type : name of a value type (``graph.values.VALUE_TYPES``).
    required : an empty cell is refused.
    many : the cell holds several values joined by ``|``.
    separators : marks that part them too, in a cell without ``|`` and outside brackets.
    values : the values of an enumeration, else empty.
    unit : for a quantity, a unit of the dimension expected, else ``None``.
    minimum, maximum : bounds of an integer or float, else ``None``.
    only_if : a boolean property of the same entity class; the value is kept only where that one is true.
    label, help : names and explanation for people.
    """

    name: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
    type: str
    label: Bilingual
    required: bool = False
    many: bool = False
    separators: str = ""
    values: tuple[EnumValue, ...] = ()
    unit: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    only_if: str | None = None
    help: Bilingual | None = Field(default=None)
