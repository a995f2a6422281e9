"""Unified social credit code 统一社会信用代码."""

from __future__ import annotations

from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, ValidationError

from graph.values.base import ValueType
from graph.values.fault import ValueFault
from graph.values.property import Property
from graph.values.tidy import compact


class Uscc(ValueType):
    """A code of GB 32100-2015; the check character is computed by python-stdnum (``stdnum.cn.uscc``)."""

    name = "uscc"
    help_zh = "18 位统一社会信用代码（GB 32100），校验码须对"
    help_en = "unified social credit code of 18 characters (GB 32100) with a right check character"

    def clean(self, raw: str, prop: Property) -> str:  # noqa: ARG002
        """The code in capitals, without separators."""
        text = compact(raw).upper()
        try:
            return str(uscc.validate(text))
        except InvalidChecksum as error:
            last = uscc.calc_check_digit(text[:17])
            raise ValueFault(
                raw,
                f"校验码正确的统一社会信用代码（末位应为 {last}）",
                f"a credit code with a right check character (the last one should be {last})",
            ) from error
        except ValidationError as error:
            raise ValueFault(
                raw,
                "18 位统一社会信用代码（数字和大写字母，不含 I、O、S、V、Z）",
                "a credit code of 18 digits and capitals, without I, O, S, V, Z",
            ) from error
