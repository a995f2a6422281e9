"""The one form of every error: problem details as in RFC 9457."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from fastapi import Request
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from graph.errors import BadInput, LianpuError
from graph.problem import FieldFault, Problem

MEDIA_TYPE: Final = "application/problem+json"
#: What of a wrong value is told back.
_SHOWN = 200


class ProblemResponse(JSONResponse):
    """A problem as a response."""

    media_type = MEDIA_TYPE


def problem(
    instance: str,
    *,
    status: int,
    code: str,
    title: str,
    detail: str,
    errors: list[FieldFault] | None = None,
    extra: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
) -> ProblemResponse:
    """A response with a problem; ``instance`` is the path asked for."""
    body = Problem(
        type=_type(code),
        title=title,
        status=status,
        detail=detail,
        instance=instance,
        code=code,
        errors=errors or [],
        extra=dict(extra or {}),
    )
    return _answer(body, headers)


def of_lianpu(request: Request, error: LianpuError) -> ProblemResponse:
    """An expected error."""
    return _answer(body_of(request.url.path, error))


def body_of(instance: str, error: Exception) -> Problem:
    """The problem that an error is; of one that is no ``LianpuError`` nothing is told."""
    if not isinstance(error, LianpuError):
        code = "internal"
        return Problem(
            type=_type(code),
            title="程序出错 · The program failed",
            status=500,
            detail="出错已记入日志 · the error was written to the log",
            instance=instance,
            code=code,
        )
    return Problem(
        type=_type(error.code),
        title=f"{error.title_zh} · {error.title_en}",
        status=error.http_status,
        detail=error.detail,
        instance=instance,
        code=error.code,
        extra=error.extra,
    )


def _type(code: str) -> str:
    return f"urn:lianpu:problem:{code}"


def _answer(body: Problem, headers: Mapping[str, str] | None = None) -> ProblemResponse:
    return ProblemResponse(jsonable_encoder(body), status_code=body.status, headers=dict(headers or {}))


def of_validation(request: Request, error: RequestValidationError) -> ProblemResponse:
    """Parameters that do not fit what the address takes."""
    faults = [
        FieldFault(
            place=str(fault["loc"][0]),
            field=".".join(str(part) for part in fault["loc"][1:]),
            found=_short(fault.get("input")),
            expected=fault["msg"],
        )
        for fault in error.errors()
    ]
    named = "; ".join(f"{f.field}: {f.expected}" for f in faults)
    return problem(
        request.url.path,
        status=BadInput.http_status,
        code="bad-parameter",
        title="参数有误 · A parameter does not fit",
        detail=named,
        errors=faults,
    )


def of_http(request: Request, error: HTTPException) -> ProblemResponse:
    """What the framework refuses: an unknown path, a method that is not allowed."""
    phrase = HTTPStatus(error.status_code).phrase
    kinds = {
        404: ("unknown-path", "没有这个地址 · There is no such address"),
        405: ("method-not-allowed", "不接受这种方法 · The method is not allowed"),
    }
    code, title = kinds.get(error.status_code, ("refused", phrase))
    detail = f"{request.method} {request.url.path[:_SHOWN]}: {error.detail}"
    return problem(
        request.url.path,
        status=error.status_code,
        code=code,
        title=title,
        detail=detail,
        headers=error.headers,
    )


def of_unexpected(path: str, error: Exception) -> ProblemResponse:
    """An error of the program itself; nothing of it is told."""
    return _answer(body_of(path, error))


def declared(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problems of a path, as its description declares them; 422, 500, 503 and 504 always."""
    return {
        status: {"model": Problem, "description": HTTPStatus(status).phrase}
        for status in sorted({*statuses, 400, 422, 500, 503, 504})
    }


def _short(value: Any) -> Any:
    return value[:_SHOWN] if isinstance(value, str) else value
