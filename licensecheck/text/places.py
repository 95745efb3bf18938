"""Where a labelled block stands: the stack of open sections, and which of them it goes on from."""

from __future__ import annotations

from dataclasses import dataclass, replace

from licensecheck.text.blocks import Block
from licensecheck.text.clause import Clause
from licensecheck.text.labels import Label


@dataclass(slots=True)
class Level:
    """A section that is open: its style, number and indentation, and the clause it stands for."""

    style: str
    value: int | None
    clause: Clause
    indent: int
    depth: int | None = None


def settle(label: Label, stack: list[Level]) -> Label:
    """The label as its neighbours show it to be meant: "i" after "h" is a letter and not a roman number."""
    if label.text.lower() not in ("i", "v", "x") or label.style.strip("(.)、").lower() != "i":
        return label
    letter = label.style.replace("i", "a").replace("I", "A")
    value = ord(label.text.lower()) - ord("a") + 1
    for level in reversed(stack):
        if level.style == letter and level.value == value - 1:
            return replace(label, style=letter, value=value)
        if level.style == label.style:
            break
    return label


def parent_of(label: Label, indent: int, stack: list[Level], root: Clause) -> Clause:
    """Pop the stack to the clause under which a labelled block stands."""
    style = label.style
    if style == "heading" or (label.level and style != "dotted"):
        level = label.level or 1
        while stack and not (stack[-1].style.startswith("heading") and (stack[-1].depth or 0) < level):
            stack.pop()
        return stack[-1].clause if stack else root
    if style == "dotted":
        return _dotted_parent(label, stack, root)
    if label.value == 1 and stack and _leads(stack[-1], style):
        return stack[-1].clause
    same = [i for i, known in enumerate(stack) if known.style == style]
    if style.startswith("bullet"):
        same = [i for i in same if stack[i].indent >= indent] or [
            i for i, known in enumerate(stack) if known.style.startswith("bullet") and known.indent > indent
        ]
        keep = same[0] if same else len(stack)
        del stack[keep:]
        return stack[-1].clause if stack else root
    if same:
        at = _sibling(label, indent, [(i, stack[i]) for i in same])
        if at is not None:
            del stack[at:]
    else:
        _leave_bullets(stack, indent)
    return stack[-1].clause if stack else root


def _leads(level: Level, style: str) -> bool:
    """True where a level leads into a list from one on, in numbers of its own style even; after zero, one goes on."""
    anew = level.style == style and level.value != 0
    return level.style == "lead" or (anew and level.clause.lead is not None)


def _sibling(label: Label, indent: int, same: list[tuple[int, Level]]) -> int | None:
    """Which open level of this style the label goes on from; None where it starts a new list inside."""
    value = label.value
    before = [
        (abs(indent - known.indent), -i)
        for i, known in same
        if value is not None and known.value == value - 1 and indent <= known.indent + 1
    ]
    if before:
        return -min(before)[1]
    if value == 1 and same[-1][1].value is not None and indent > same[-1][1].indent:
        return None
    for i, known in reversed(same):
        if value is not None and known.value is not None and known.value < value:
            return i
    return None if value == 1 and indent > same[-1][1].indent else same[0][0]


def _leave_bullets(stack: list[Level], indent: int) -> None:
    """Close the bullets that a number at this depth ends, and the words that led into them."""
    left = False
    while stack and stack[-1].style.startswith("bullet") and stack[-1].indent >= indent:
        stack.pop()
        left = True
    if left and stack and stack[-1].style == "lead" and stack[-1].indent >= indent:
        stack.pop()


def close_list(stack: list[Level], block: Block) -> None:
    """Close the list that stands open where, after a gap, a block no deeper leads into the next one."""
    for at, level in enumerate(stack):
        if block.gap and level.style == "lead" and block.indent <= level.indent:
            del stack[at:]
            return


def _dotted_parent(label: Label, stack: list[Level], root: Clause) -> Clause:
    prefix = label.text.rsplit(".", 1)[0]
    for i in range(len(stack) - 1, -1, -1):
        known = stack[i].clause.label or ""
        if known == prefix or known.rsplit(" ", 1)[-1] == prefix:
            del stack[i + 1 :]
            return stack[i].clause
        if stack[i].style == "dotted" and stack[i].depth == label.level:
            del stack[i:]
            return stack[-1].clause if stack else root
    while stack and not stack[-1].style.startswith("heading"):
        stack.pop()
    return stack[-1].clause if stack else root
