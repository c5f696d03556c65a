"""Makes the figures of the demo province: `python data/demo/generate.py [FOLDER]`.

Reads the units (`data/units`), the titles (`data/titles`, `data/demo`) and the law (`law/`), and writes
`figures-*.csv` and `planted.yaml` beside itself or into FOLDER. The same bytes every time. Everything
written is made up; `docs/guides/demo.md` tells what was calibrated to which published figure.
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.path.insert(0, str(HERE.parents[1]))

from maker import files, law, places, plan, planted, rescoring, years  # noqa: E402
from maker.filings import Book  # noqa: E402


def make() -> tuple[Book, list[planted.Planted], dict[str, dict[str, law.Need]]]:
    """All figures, what was planted, and what the sets ask."""
    asked = {law.OLD: law.needs(law.OLD, 2020), law.NEW: law.needs(law.NEW, 2022)}
    before = places.places_2019()
    after = places.places_2020(before)
    when_met = plan.make_plan(before, after)
    book: Book = {}
    years.make_years(book, when_met, before, asked[law.OLD])
    years.make_quarters(book, when_met, before, after, asked[law.OLD])
    rescoring.make_2022(book, when_met, after, asked[law.OLD], asked[law.NEW])
    signals = planted.plant(planted.Ground(book, before, after, asked[law.OLD]))
    return book, signals, asked


def main(folder: Path) -> None:
    """Write everything into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    book, signals, asked = make()
    for path in files.write_figures(folder, book, asked):
        print(f"{path.name}: {path.stat().st_size / 1e6:.2f} MB")
    path = files.write_planted(folder / "planted.yaml", signals, planted.late_filings(book))
    print(f"{path.name}: {len(signals)} signals, {len(book)} figures in all")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
