"""The shell: settings, command line, logging. It composes the rooms; nothing imports it."""
