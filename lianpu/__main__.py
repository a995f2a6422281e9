"""``python -m lianpu``: the same as the ``lianpu`` program."""

from lianpu.cli import main

main()
