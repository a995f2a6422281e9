"""The one error of the gather tools."""


class GatherFault(Exception):
    """Input, a decision or a curated row is wrong; the text names file, row, field, found and expected."""
