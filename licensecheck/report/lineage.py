"""Where to draw the models that a target descends from: one box a model, below the one made from it."""

from __future__ import annotations

from collections.abc import Sequence

from licensecheck.domain.findings import TargetReport
from licensecheck.domain.subject import Ancestor
from licensecheck.frozen import dataclass
from licensecheck.report.sentences import word_for

_STEP, _BOX, _INDENT = 64, 46, 36
_WIDTH, _LONGEST = 560, 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A box: its corner, what stands in it, and where the line from its child starts (None for the target)."""

    x: int
    y: int
    name: str
    full_name: str
    note: str
    known: bool
    link_x: int | None = None
    link_y: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """The boxes and the size of the picture."""

    nodes: tuple[Node, ...]
    width: int
    height: int
    box: int = _BOX
    box_width: int = _WIDTH


def draw_lineage(target: TargetReport) -> Drawing | None:
    """The picture; None where no ancestor is known."""
    if not target.lineage:
        return None
    name = target.name or target.target
    nodes = [Node(x=2, y=2, name=_short(name), full_name=name, note="checked here", known=True)]
    nodes += [_node(ancestor, row, target.lineage) for row, ancestor in enumerate(target.lineage, start=1)]
    deepest = max(ancestor.depth for ancestor in target.lineage)
    return Drawing(
        nodes=tuple(nodes), width=_WIDTH + deepest * _INDENT + 4, height=len(nodes) * _STEP - _STEP + _BOX + 4
    )


def relation_words(ancestor: Ancestor) -> str:
    """How the child was made from this model."""
    return word_for("relation", ancestor.relation) if ancestor.relation else "made from"


def _node(ancestor: Ancestor, row: int, lineage: Sequence[Ancestor]) -> Node:
    parent = _row_of_child(row, lineage)
    license_note = f"license {ancestor.license}" if ancestor.license else "license not known"
    return Node(
        x=2 + ancestor.depth * _INDENT,
        y=2 + row * _STEP,
        name=_short(ancestor.model),
        full_name=ancestor.model,
        note=f"{relation_words(ancestor)} this; {license_note}",
        known=ancestor.license is not None,
        link_x=2 + (ancestor.depth - 1) * _INDENT + _INDENT // 2,
        link_y=2 + parent * _STEP + _BOX,
    )


def _row_of_child(row: int, lineage: Sequence[Ancestor]) -> int:
    """The row of the model made from this one: the nearest above that lies one step less deep; row 0 is the target."""
    depth = lineage[row - 1].depth
    for above in range(row - 1, 0, -1):
        if lineage[above - 1].depth == depth - 1:
            return above
    return 0


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"
