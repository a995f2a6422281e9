"""Which park a free text means: the park column of gathered firms and projects, subjects of facts."""

from functools import cache

from tools.gather.csvfile import read_csv
from tools.gather.decisions import FOLDER
from tools.gather.faults import GatherFault


def park_id(text: str, place_code: str) -> str | None:
    """The park that `text` names, or None where it was decided that the text names no park.

    `place_code` is the row's own; it is only shown in the message. A park does not always lie in the place of
    the row: 井冈山经济技术开发区 is in 吉安.

    Raises GatherFault for a text that neither decisions/parks.csv nor decisions/park_names.csv knows.
    """
    try:
        return known_parks()[text.strip()]
    except KeyError:
        raise GatherFault(
            f"park {text!r} (place {place_code}): found in neither parks.csv nor park_names.csv, decide which"
        ) from None


@cache
def known_parks() -> dict[str, str | None]:
    """Park id by name, alias and decided text; None for texts that name no park.

    Raises GatherFault when one text names two parks.
    """
    texts: dict[str, str | None] = {}
    for line, row in read_csv(FOLDER / "parks.csv"):
        for name in filter(None, (row["name"], *row["aliases"].split("|"))):
            _add(texts, name, row["park"], f"parks.csv:{line}")
    for line, row in read_csv(FOLDER / "park_names.csv"):
        _add(texts, row["text"], row["park"] or None, f"park_names.csv:{line}")
    return texts


def _add(texts: dict[str, str | None], name: str, park: str | None, origin: str) -> None:
    if name in texts:
        raise GatherFault(f"{origin}: {name!r} already means {texts[name]}")
    texts[name] = park
