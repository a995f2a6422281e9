"""What a plain HTML form sends."""

from __future__ import annotations

from urllib.parse import parse_qsl

from fastapi import Request

from graph.errors import BadInput, ReadTooLarge

#: Bytes of a form, and its fields, at most.
MOST_BYTES, MOST_FIELDS = 64 * 1024, 50
_TYPE = "application/x-www-form-urlencoded"


async def form_of(request: Request) -> dict[str, str]:
    """The fields of a form and their texts, the last of those of one name.

    Raises ``BadInput`` for what is no such form, ``ReadTooLarge`` for one over ``MOST_BYTES``.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != _TYPE:
        raise BadInput(f"表单应为 {_TYPE} · a form is expected", found=kind[:80], expected=_TYPE)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise ReadTooLarge(
                f"表单至多 {MOST_BYTES} 字节 · a form of at most {MOST_BYTES} bytes is expected"
            )
    try:
        fields = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict"
        )
    except ValueError as error:
        raise BadInput("读不懂这个表单 · the form cannot be read", expected=_TYPE) from error
    return dict(fields)
