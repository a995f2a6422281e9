"""The zip container of a workbook: whether it is one, whole, and of a size that can be read safely."""

from __future__ import annotations

import mmap
import zipfile
from pathlib import Path

from ingest.faults import Fault

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
#: Most parts of a workbook, most bytes of all parts unpacked, and of the shared texts, kept in memory.
MAX_PARTS, MAX_UNPACKED, MAX_SHARED = 10_000, 2 << 30, 256 << 20
#: A part beyond ``_SMALL`` bytes may not unpack to more than ``MAX_RATIO`` times what it takes packed.
MAX_RATIO, _SMALL = 200, 16 << 20
_XLSX = ("xlsx 工作簿", "an xlsx workbook")


def container_fault(path: Path) -> Fault | None:
    """Why ``path`` cannot be opened as a workbook, or ``None``.

    Only the directory of the zip file is read. What a part unpacks to is bounded by what the directory
    declares, since ``zipfile`` gives no byte more and then checks the sum.
    """
    with path.open("rb") as handle:
        start = handle.read(8)
    if start == _OLE:
        return _ole(path)
    if not start.startswith(b"PK"):
        return _fault(path, repr(start)[1:], *_XLSX)
    try:
        with zipfile.ZipFile(path) as archive:
            return _directory_fault(path, archive)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, RuntimeError) as error:
        return _fault(
            path,
            str(error),
            "完整的 xlsx 工作簿；文件不完整（可能没有下载完），重新取得或另存一次",
            "a whole xlsx workbook; the file is cut short (a broken download?): fetch or save it again",
        )


def _ole(path: Path) -> Fault:
    with path.open("rb") as handle, mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ) as data:
        encrypted = data.find(_ENCRYPTED) >= 0
    if encrypted:
        return _fault(
            path,
            "加密的工作簿 encrypted workbook",
            "没有密码的 xlsx：打开后「文件 → 信息 → 保护工作簿 → 用密码加密」清空密码，再存",
            "an xlsx without a password: open it, clear File → Info → Protect Workbook → Encrypt, save",
        )
    return _fault(
        path,
        "旧版 Excel 97-2003 文件 old Excel 97-2003 file",
        "xlsx：打开后「另存为」，类型选「Excel 工作簿（*.xlsx）」；只改扩展名不行",
        "an xlsx: open it and save it as Excel workbook (*.xlsx); changing the ending is not enough",
    )


def _directory_fault(path: Path, archive: zipfile.ZipFile) -> Fault | None:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        return _fault(path, "加密的压缩包 encrypted zip", *_XLSX)
    if fault := _size_fault(path, parts):
        return fault
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        return _fault(path, ", ".join(sorted(names)[:3]), *_XLSX)
    return None


def _size_fault(path: Path, parts: list[zipfile.ZipInfo]) -> Fault | None:
    total = sum(part.file_size for part in parts)
    shared = sum(part.file_size for part in parts if part.filename.lower().endswith("sharedstrings.xml"))
    bombs = [p for p in parts if p.file_size > max(_SMALL, MAX_RATIO * p.compress_size)]
    if len(parts) > MAX_PARTS:
        return _fault(path, f"{len(parts)} parts", f"至多 {MAX_PARTS} 个部件", f"at most {MAX_PARTS} parts")
    if bombs:
        ratio = bombs[0].file_size // max(bombs[0].compress_size, 1)
        return _fault(
            path,
            f"{bombs[0].filename} ×{ratio}",
            f"压缩比至多 {MAX_RATIO} 的工作簿（疑似压缩炸弹）",
            f"a workbook packed at most {MAX_RATIO} to 1 (this looks like a zip bomb)",
        )
    if total > MAX_UNPACKED:
        size = f"{MAX_UNPACKED >> 30} GB"
        return _fault(
            path,
            f"{total / 2**30:.1f} GB",
            f"解压后至多 {size} 的工作簿（疑似压缩炸弹）",
            f"a workbook of at most {size} unpacked (this looks like a zip bomb)",
        )
    if shared > MAX_SHARED:
        size = f"{MAX_SHARED >> 20} MB"
        zh, en = f"文字合计至多 {size}；分成几个文件", f"texts of at most {size} in all; split the file"
        return _fault(path, f"{shared >> 20} MB", zh, en)
    return None


def _fault(path: Path, found: str, zh: str, en: str) -> Fault:
    return Fault(path.name, 0, "", found, zh, en)
