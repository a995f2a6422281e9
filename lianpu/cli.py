"""Entry point of the ``lianpu`` program: runs a command, and ends it in the way scripts can rely on.

Exit codes: 0 done · 1 refused input · 2 wrong call or setting · 3 engine unavailable · 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import structlog
from typer.exceptions import Abort, TyperException

from graph.errors import LianpuError, UsageError
from lianpu.hints import hint_for
from lianpu.i18n import t, usage_text
from lianpu.log import configure_logging
from lianpu.out import ReaderLeft, print_json, problem_of, show_error, use_utf8

INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> None:
    """Run the program with ``argv`` (default: the process's arguments) and exit."""
    use_utf8()
    configure_logging("warning", "text")
    args = list(sys.argv[1:] if argv is None else argv)
    try:
        code = run(args)
        sys.stdout.flush()
    except (KeyboardInterrupt, Abort):
        code = INTERRUPTED
    except (ReaderLeft, BrokenPipeError):
        _drop_output()
        code = 0
    except OSError as error:
        _drop_output()
        show_error(_unwritable(error))
        code = LianpuError.exit_code
    if code == INTERRUPTED:
        sys.stderr.write(t("已中断", "Interrupted") + "\n")
    sys.exit(code)


def _drop_output() -> None:
    """What is left in the buffer cannot be written: let the flush at the process's end go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _unwritable(error: OSError) -> LianpuError:
    where = f"{error.filename}: " if error.filename else ""
    return LianpuError(f"{where}{error.strerror or error}")


def run(args: list[str]) -> int:
    """Run one command; the exit code. Expected errors are told here, in one shape."""
    from lianpu.app import build_app

    try:
        result = build_app(next(iter(args), None))(args, prog_name="lianpu", standalone_mode=False)
    except LianpuError as error:
        return _refuse(error, args)
    except TyperException as error:
        return _refuse_call(error, args)
    except OSError as error:
        structlog.get_logger(__name__).debug("os-error", exc_info=True)
        return _refuse(_unwritable(error), args)
    return result if isinstance(result, int) else 0


def _refuse(error: LianpuError, args: list[str]) -> int:
    if "--json" in args:
        print_json(problem_of(error))
    else:
        show_error(error, hint_for(error))
    return error.exit_code


def _refuse_call(error: TyperException, args: list[str]) -> int:
    message = error.format_message()
    if type(error).__name__ == "NoArgsIsHelpError":
        sys.stderr.write(message)
        return error.exit_code
    return _refuse(UsageError(usage_text(message)), args)


if __name__ == "__main__":
    main()
