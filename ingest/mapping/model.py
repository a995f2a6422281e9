"""The shape of a mapping file. Every key is checked; a key that is not here is refused."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from ingest.mapping.places import line_at

Text = Annotated[str, StringConstraints(min_length=1)]
Texts = Annotated[
    tuple[Text, ...],
    BeforeValidator(lambda given: [given] if isinstance(given, str) else given),
    Field(min_length=1),
]


def _short(key: str) -> BeforeValidator:
    """A plain text instead of a mapping stands for ``{key: text}``."""
    return BeforeValidator(lambda given: {key: given} if isinstance(given, str) else given)


def _condition(given: Any) -> Any:
    if isinstance(given, str):
        return {"equals": given}
    return {"in": given} if isinstance(given, list) else given


class Spec(BaseModel):
    """Base: no unknown keys, never changed. Scalars of the file come as texts (``0012`` stays ``0012``)."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=False)


class Condition(Spec):
    """What a cell must be; all that is given must hold.

    Attributes
    ----------
    equals, not_equals, one_of (``in``), not_in : texts compared exactly.
    matches, not_matches : regular expressions that the whole cell fits, or does not.
    empty : ``true`` an empty cell, ``false`` one that is not.
    min, max : bounds of a number, inclusive.
    """

    equals: str | None = None
    not_equals: str | None = None
    one_of: Texts | None = Field(default=None, alias="in")
    not_in: Texts | None = None
    matches: Text | None = None
    not_matches: Text | None = None
    empty: bool | None = None
    min: Annotated[float, Field(allow_inf_nan=False)] | None = None
    max: Annotated[float, Field(allow_inf_nan=False)] | None = None


Filter = dict[Text, Annotated[Condition, BeforeValidator(_condition)]]


class Cell(Spec):
    """How one cell of the ontology's table comes about, step by step in this order.

    Attributes
    ----------
    column : heading (for JSON-lines a dotted path) whose cell is taken; or
    text : a text with ``{column}`` in it, empty when one of those columns is; or
    value : a constant.
    unknown : texts that mean that nothing is known (``-``, ``不详``): the cell is empty then.
    extract : regular expression; the first group found, or the whole match. No match: empty.
    split : what parts several values of one cell.
    translate : text → text, for each value. ``untranslated``: what becomes of a value not listed.
    times : number by which each value is multiplied; the product is written as a plain decimal, so that
        ``times: 1`` turns ``6e-06`` into ``0.000006``. A value that is no number is a fault.
    prepend, append : put before and after each value, e.g. a unit.
    default : taken when the cell is empty after all this.
    """

    column: Text | None = None
    text: Text | None = None
    value: Text | None = None
    unknown: Texts | None = None
    extract: Text | None = None
    split: Text | None = None
    translate: Annotated[dict[Text, str], Field(min_length=1)] | None = None
    untranslated: Literal["keep", "empty", "fault"] = "keep"
    times: Annotated[Decimal, Field(gt=0, allow_inf_nan=False)] | None = None
    prepend: Text | None = None
    append: Text | None = None
    default: Text | None = None


class Key(Spec):
    """How an id comes about: exactly one of ``ref``, ``column``, ``text``, ``hash``, ``value``.

    Attributes
    ----------
    ref : name (``as``) of an entity of the same row.
    column : heading of a column that holds ids, or names to be looked up.
    text : slug with ``{column}`` in it, put after the prefix of the class: ``ckg-{code}``.
    hash : columns whose values are hashed to a slug ``space-<16 hex digits>``.
    value : a constant id.
    extract : regular expression applied to each of those columns: its first group, or the whole match.
    space : what a hashed slug starts with; needed with ``hash``.
    cls (``class``) : class of the entity, where the relation allows several.
    """

    ref: Text | None = None
    column: Text | None = None
    text: Text | None = None
    hash: Texts | None = None
    value: Text | None = None
    extract: Text | None = None
    space: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([-/][a-z0-9]+)*$")] | None = None
    cls: Text | None = Field(default=None, alias="class")


Cells = dict[Text, Annotated[Cell, _short("column")]]
Constants = dict[Text, Annotated[Cell, _short("value")]]


class Statement(Spec):
    """One row of a table of the ontology, made of each row of the file: an entity or a relation.

    Attributes
    ----------
    entity, relation : the class; exactly one is given.
    name (``as``) : what relations of the same row call this entity.
    id : how an entity's id comes about; without it the entity goes by its name.
    source, target (``from``, ``to``) : the ends of a relation.
    properties : cell by column of the class's table, common columns among them.
    filter : the rows that make this statement.
    """

    entity: Text | None = None
    relation: Text | None = None
    name: Text | None = Field(default=None, alias="as")
    id: Annotated[Key, _short("column")] | None = None
    source: Annotated[Key, _short("ref")] | None = Field(default=None, alias="from")
    target: Annotated[Key, _short("ref")] | None = Field(default=None, alias="to")
    properties: Cells = Field(default_factory=dict)
    filter: Filter = Field(default_factory=dict)


class Reference(Spec):
    """A column of another file of the same mapping, read before this one."""

    file: Text
    column: Text
    sheet: Text | None = None


class Words(Spec):
    """A text in Chinese and English."""

    zh: Text
    en: Text


class Check(Condition):
    """What must hold of a row; where it does not, the row is reported as a fault.

    Attributes
    ----------
    column : whose cell the conditions of ``Condition`` are for, and ``exists``.
    exists : the cell stands in that column of another file, in a row without fault.
    unique : columns whose values together stand in no earlier row.
    different : two columns that may not hold the same.
    when : only rows like this are looked at.
    reject : ``row`` (the default) leaves the row out, ``cell`` only takes the cell for empty.
    expected : what a fault says was expected, instead of the program's own words.
    """

    column: Text | None = None
    exists: Reference | None = None
    unique: Texts | None = None
    different: Annotated[tuple[Text, Text], Field()] | None = None
    when: Filter = Field(default_factory=dict)
    reject: Literal["row", "cell"] = "row"
    expected: Words | None = None


class FileSpec(Spec):
    """One file, several alike, or a sheet of a workbook, and what its rows say.

    Attributes
    ----------
    file : name, or a pattern such as ``*.csv``. sheet : title of the sheet; else the first that is visible.
    optional : the file may be absent.
    encoding, delimiter : of a delimited text, where they are not found right by themselves.
    header : 1-based line of the headings; else the first of ten lines that has all columns needed.
    filter : the rows that are looked at. checks : what must hold of them. common : constants and columns of
    every statement. rows : the statements made of each row; none, and the file is only checked.
    """

    file: Text
    sheet: Text | None = None
    optional: bool = False
    encoding: Text | None = None
    delimiter: Annotated[str, StringConstraints(min_length=1, max_length=1)] | None = None
    header: Annotated[int, Field(ge=1, le=1000)] | None = None
    filter: Filter = Field(default_factory=dict)
    checks: tuple[Check, ...] = ()
    common: Constants = Field(default_factory=dict)
    rows: tuple[Statement, ...] = ()


class Mapping(Spec):
    """A whole mapping.

    Attributes
    ----------
    title : what the dataset is called. note : anything for who reads the file.
    sources : sources that the mapping itself states, each by column.
    entities : the same for any class, named by ``class``.
    encoding, delimiter, common : defaults of all files.
    origin, lines : name of the mapping file, and the line in it of each part by its dotted key, such as
    ``files.0.rows.2`` (put in on loading).
    """

    title: Text
    note: str = ""
    sources: tuple[dict[Text, Text], ...] = ()
    entities: tuple[dict[Text, Text], ...] = ()
    encoding: Text | None = None
    delimiter: Annotated[str, StringConstraints(min_length=1, max_length=1)] | None = None
    common: Constants = Field(default_factory=dict)
    files: Annotated[tuple[FileSpec, ...], Field(min_length=1)]
    origin: str = Field(default="", exclude=True)
    lines: dict[str, int] = Field(default_factory=dict, exclude=True)

    def line_of(self, key: str) -> int:
        """The 1-based line of the part at the dotted ``key``, or of the nearest around it; 0 if not known."""
        return line_at(self.lines, key)
