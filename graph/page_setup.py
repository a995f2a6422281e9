"""How a sheet that we write prints."""

from __future__ import annotations

from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

#: The number of A4 in the file format.
A4 = 9


def fit_to_width(sheet: Worksheet) -> None:
    """A4 landscape pages as wide as the sheet, as many below each other as it takes."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
