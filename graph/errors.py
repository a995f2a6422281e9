"""The errors of every room. A class says how the command line ends and what the API answers.

Attributes of the classes: ``code`` (stable, kebab-case), ``title_zh`` and ``title_en`` (one line for a
person), ``exit_code`` (1 refused input, 2 usage, 3 engine) and ``http_status``. An instance adds
``detail`` (what was found, what was expected, what to do) and ``extra`` (JSON-ready values).
"""

from __future__ import annotations

from typing import Any, ClassVar


class LianpuError(Exception):
    """Base of all expected errors.

    Parameters
    ----------
    detail : str
        What happened, in words a person can act on.
    **extra : JSON-ready values
        Machine-readable parts (file, row, field, found, expected, limit …).
    """

    code: ClassVar[str] = "error"
    title_zh: ClassVar[str] = "出错了"
    title_en: ClassVar[str] = "Something went wrong"
    exit_code: ClassVar[int] = 1
    http_status: ClassVar[int] = 500

    def __init__(self, detail: str, **extra: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.extra = extra

    def title(self, lang: str = "zh") -> str:
        """The title in ``lang`` (``zh`` or ``en``)."""
        return self.title_en if lang == "en" else self.title_zh


class BadInput(LianpuError):
    """A value, row or file that does not fit the model."""

    code, http_status = "bad-input", 422
    title_zh, title_en = "输入有误", "The input does not fit"


class NotFound(LianpuError):
    """Nothing is recorded under the id or name asked for."""

    code, http_status = "not-found", 404
    title_zh, title_en = "没有找到", "Not found"


class UsageError(LianpuError):
    """A call whose options do not go together."""

    code, exit_code, http_status = "usage", 2, 400
    title_zh, title_en = "用法有误", "The call is not understood"


class OntologyError(LianpuError):
    """An ontology file is wrong; names file and key."""

    code = "ontology"
    title_zh, title_en = "本体文件有误", "An ontology file is wrong"


class TruthStoreError(LianpuError):
    """The truth store's file cannot be opened or written."""

    code, exit_code, http_status = "truth-store", 3, 503
    title_zh, title_en = "事实库不可用", "The truth store cannot be used"


class EngineUnavailable(LianpuError):
    """The graph engine does not answer."""

    code, exit_code, http_status = "engine-unavailable", 3, 503
    title_zh, title_en = "图引擎不可用", "The graph engine is not available"


class EngineLocked(EngineUnavailable):
    """Another program holds the engine's data directory."""

    code = "engine-locked"
    title_zh, title_en = "数据目录被占用", "The data directory is locked"


class WrongPassword(EngineUnavailable):
    """The engine refuses the user or password."""

    code = "wrong-password"
    title_zh, title_en = "用户名或密码不对", "The engine refuses the password"


class ForeignGraph(LianpuError):
    """The database holds a graph that is not this store's; it was left untouched."""

    code, exit_code, http_status = "foreign-graph", 3, 409
    title_zh, title_en = "数据库里是别的图", "The database holds another graph"


class Busy(LianpuError):
    """Another writer is at work."""

    code, exit_code, http_status = "busy", 3, 409
    title_zh, title_en = "另一个写入正在进行", "Another writer is at work"


class ReadTooLarge(LianpuError):
    """An answer has more rows than a read may return."""

    code, http_status = "read-too-large", 413
    title_zh, title_en = "结果过大", "The answer is too large"


class ReadTimeout(LianpuError):
    """A read was stopped at its time limit."""

    code, exit_code, http_status = "read-timeout", 3, 504
    title_zh, title_en = "查询超时", "The question took too long"
