"""What an official paper is made of, as frozen data. Pure: no file format is known here.

The nine elements of NĐ 30/2020: national name and motto (the writers know it), `Letterhead.superior` and
`.issuer`, `.number`, `.place_and_date`, `Paper.kind` and `.abstract`, the content, `Closing.office` and `.name`,
the place for seal and signature, `Closing.recipients`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from chungsuc.kit.paper.drawing import Drawing


@dataclass(frozen=True, slots=True)
class Run:
    """Words set alike. `raised`: a note mark."""

    text: str
    bold: bool = False
    italic: bool = False
    raised: bool = False


Words = str | tuple[Run, ...]
KEPT_WHOLE = 12  # tables of so many rows are not broken over pages


def runs(words: Words) -> tuple[Run, ...]:
    """Words as runs, also where plain text was given."""
    return (Run(words),) if isinstance(words, str) else words


def plain(words: Words) -> str:
    """Words without their setting."""
    return "".join(one.text for one in runs(words))


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The head of page one. An unknown number or day is left open by the caller, never invented."""

    issuer: tuple[str, ...]
    superior: tuple[str, ...]
    number: str
    place_and_date: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered heading of the content; `level` 1 (`I.`) or 2 (`1.`)."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the content: justified, first line indented (`flush`: not)."""

    words: Words
    flush: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A framed warning that nobody overlooks."""

    text: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, its share of the width, `start`, `middle` or `end`; `turned`: the head stands upright.

    Columns side by side with the same `group` get a common head above theirs.
    """

    head: str
    width: float
    align: str = "start"
    turned: bool = False
    group: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row; its first cell spans `span` columns. `kind`: plain, group (head or sum of some rows), total."""

    cells: tuple[Words, ...]
    kind: str = "plain"
    span: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table: every page repeats its head, rows do not break. `size` in points; `head_height` (mm) of turned heads."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str = ""
    size: float = 12
    head_height: float = 40
    alt: str = ""

    @property
    def whole(self) -> bool:
        """Whether it is short enough to stand on one page in any case."""
        return len(self.rows) <= KEPT_WHOLE


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing with its caption below."""

    drawing: Drawing
    caption: str


@dataclass(frozen=True, slots=True)
class Notes:
    """Notes in small letters, each with its mark (`1`, `*`; "" for a dash)."""

    items: tuple[tuple[str, str], ...]
    title: str = ""


Block = Heading | Paragraph | Box | Table | Figure | Notes


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks on pages of one orientation."""

    blocks: tuple[Block, ...]
    landscape: bool = False


Body = tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex: `label` (`Phụ lục`), title, the line that names the paper it belongs to. Pages are numbered anew."""

    label: str
    title: str
    belongs_to: str
    section: Section


@dataclass(frozen=True, slots=True)
class Closing:
    """Who signs and who receives. `office`: `("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")`; `name` "" leaves the place open."""

    office: tuple[str, ...]
    name: str
    recipients_title: str
    recipients: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper. `notices` stand at the foot of every page; `made_at` goes into the file's properties."""

    lang: str
    title: str
    kind: str
    abstract: tuple[str, ...]
    body: Body
    made_at: datetime
    author: str
    letterhead: Letterhead | None = None
    closing: Closing | None = None
    annexes: tuple[Annex, ...] = field(default=())
    notices: tuple[str, ...] = field(default=())
    subject: str = ""
