"""GB/T 2260 codes: which place lies within which."""

from collections.abc import Iterable


def contains(code: str, other: str) -> bool:
    """Whether the place `other` lies within the place `code` (a place does not lie within itself)."""
    stem = code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code
    return code != other and other.startswith(stem)


def finest(codes: Iterable[str]) -> set[str]:
    """The codes that contain none of the others: of a city and its county, the county."""
    known = {code for code in codes if code}
    return {code for code in known if not any(contains(code, other) for other in known)}
