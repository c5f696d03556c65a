"""The matrix of 8,200 communes × 49 as .xlsx: streamed, in under 10 s and 300 MB. Rival: openpyxl, write-only mode."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from bench.assessment._nation import table

COMMUNES, INDICATORS = 8_200, 49
SECONDS, MEGABYTES = 10, 300
HEADER = ["Mã", "Xã", "Huyện", *(f"Chỉ tiêu {n}" for n in range(1, INDICATORS + 1))]


def main() -> str | None:
    """Measure each way in a process of its own; a sentence when a limit is missed."""
    ours, rival = (_measured(way) for way in ("ours", "openpyxl"))
    table(
        f"matrix of {COMMUNES} communes × {INDICATORS} as xlsx",
        ("what", "seconds", "peak MB", "file MB"),
        [
            (name, f"{seconds:.2f}", f"{peak:.0f}", f"{size:.1f}")
            for name, (seconds, peak, size) in (("ours, streamed", ours), ("openpyxl, write-only", rival))
        ],
    )
    print(f"\n  ratio: {rival[0] / ours[0]:.1f}× in time; limits {SECONDS} s, {MEGABYTES} MB")
    if ours[0] > SECONDS or ours[1] > MEGABYTES:
        return f"{ours[0]:.1f} s, {ours[1]:.0f} MB"
    return None


def _measured(way: str) -> tuple[float, float, float]:
    done = subprocess.run([sys.executable, __file__, way], check=True, capture_output=True, text=True)
    seconds, peak, size = done.stdout.split()
    return float(seconds), float(peak), float(size)


def _rows() -> Iterator[list[object]]:
    for unit in range(COMMUNES):
        figures = [
            None if (unit + n) % 37 == 0 else ((unit * 7919 + n * 104729) % 10_000) / 100 for n in range(INDICATORS)
        ]
        yield [f"{unit:05d}", f"Xã Số {unit}", f"Huyện Số {unit // 40}", *figures]


def _ours(path: Path) -> None:
    from chungsuc.kit.sheets.writing import Streamed, stream_xlsx

    def style(_place: int, column: int, value: object) -> str | None:
        return None if column < 3 else "met" if isinstance(value, float) and value >= 50 else "not_met"

    styles = {
        "header": {"bold": True, "bg_color": "#1F5C45", "font_color": "#FFFFFF", "text_wrap": True},
        "met": {"bg_color": "#E6F0EB", "num_format": "0.00"},
        "not_met": {"bg_color": "#FDECEC", "num_format": "0.00"},
    }
    stream_xlsx(path, [Streamed("Ma trận", [HEADER], _rows(), {1: 24}, (1, 3), style)], styles)


def _openpyxl(path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Ma trận")
    sheet.append(HEADER)
    for row in _rows():
        sheet.append(row)
    book.save(path)


def _alone(way: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "m.xlsx"
        started = time.perf_counter()
        {"ours": _ours, "openpyxl": _openpyxl}[way](path)
        seconds = time.perf_counter() - started
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(seconds, peak, path.stat().st_size / 1e6)


if __name__ == "__main__":
    sys.exit(_alone(sys.argv[1]) if len(sys.argv) > 1 else main())
