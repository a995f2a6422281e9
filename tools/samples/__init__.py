"""The three workbooks of ``docs/samples``: as an office hands them in, and mended."""
