"""How an error is told outside: problem details as in RFC 9457."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field


class FieldFault(BaseModel):
    """A parameter that does not fit: where it stands, what was found and what was expected."""

    place: str
    field: str
    found: Any = None
    expected: str


class Problem(BaseModel):
    """An error.

    ``type`` names its kind, as does ``code``; ``title`` is the kind in Chinese and English, ``detail`` what
    happened and what to do; ``errors`` are the parameters at fault, ``extra`` the machine-readable parts.
    """

    type: str = Field(examples=["urn:lianpu:problem:not-found"])
    title: str
    status: int
    detail: str
    instance: str
    code: str
    errors: list[FieldFault] = []
    extra: dict[str, Any] = {}
