"""The commands, one file each, named after the command.

Each has ``PANEL`` (where it stands in the help), optionally ``PLACE`` (its order there) and
``register(app)``. A new command is a new file here; nothing else names it.
"""
