"""Checks one file of the law before it is taken in: line, field and mend of everything that is wrong."""

from __future__ import annotations

from pathlib import Path

from chungsuc.criteria import queries
from chungsuc.criteria.engine.overlays import apply
from chungsuc.criteria.engine.sets import CriteriaSet
from chungsuc.criteria.reader import build, examples, lines, overlays, rules, shapes, shaping
from chungsuc.kit.errors import Reason


def check_text(text: str, *, beside: Path | None = None) -> tuple[str, tuple[Reason, ...]]:
    """The kind of the file and what is wrong with it; nothing when it can be taken in.

    `beside` is where the file lies: a set's worked examples are `examples/<name>` beside it.
    """
    document = lines.read(text)
    shape, problems = shaping.shape_of(document)
    if shape is None:
        return "?", problems
    if isinstance(shape, shapes.SetShape):
        built, problems = build.build_set(shape, document.lines)
        if not problems and beside is not None:
            problems = _examples_beside(built, beside.parent / "examples" / beside.name)
        return "criteria-set", problems
    if isinstance(shape, shapes.OverlayShape):
        return "overlay", overlays.build_overlay(shape, document.lines, queries.national_sets())[1]
    if isinstance(shape, shapes.RulesShape):
        return "recognition-rules", rules.build_rules(shape, document.lines)[1]
    assert isinstance(shape, shapes.ExamplesShape)
    return "examples", _examples(shape, document.lines, None)


def check_file(path: Path) -> tuple[str, tuple[Reason, ...]]:
    """`check_text` of a file on disk."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return "?", (Reason("criteria.figures_not_utf8", file=path.name),)
    return check_text(text, beside=path)


def _examples_beside(built: CriteriaSet, path: Path) -> tuple[Reason, ...]:
    if not path.exists():
        return ()
    document = lines.read(path.read_text(encoding="utf-8"))
    shape, problems = shaping.shape_of(document)
    if shape is None:
        return problems
    assert isinstance(shape, shapes.ExamplesShape)
    return _examples(shape, document.lines, built)


def _examples(
    shape: shapes.ExamplesShape, written: dict[tuple[str | int, ...], int], built: CriteriaSet | None
) -> tuple[Reason, ...]:
    """Contradictions with the set that is checked, or with the one in `law/`."""
    if built is None and shape.set not in queries.national_sets():
        return (Reason("criteria.file_unknown_set", line=1, field="set", given=shape.set, meant=""),)
    if shape.overlay is None:
        used = built or queries.criteria_set(shape.set)
    elif built is None:
        used = queries.criteria_set(shape.set, overlay=shape.overlay)
    else:
        used = apply(built, queries.all_overlays()[shape.overlay], version="")
    return examples.contradictions(shape, written, used)
