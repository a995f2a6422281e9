"""Files of a folder in one zip file, in memory."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path


def zipped(folder: Path, names: Iterable[str], inside: str) -> bytes:
    """A zip file that holds the files ``names`` of ``folder`` in a folder named ``inside``.

    Raises ``FileNotFoundError`` where one is not there.
    """
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.write(folder / name, f"{inside}/{name}")
    return held.getvalue()
