"""Blocks hung into a tree, by their labels, their indentation and the blocks before them."""

from __future__ import annotations

import re

from licensecheck.text.blocks import Block
from licensecheck.text.clause import Clause
from licensecheck.text.labels import Label
from licensecheck.text.nature import is_heading, last_sentence, make_clause, opens_list
from licensecheck.text.places import Level, close_list, parent_of, settle

_ITEM_WORDS = 60
"""An unnumbered block after a colon is taken for an item up to so many words, each of several in one block."""
MAX_DEPTH = 40
"""How deep sections are nested; what goes deeper hangs on the last level, so that hostile nesting costs no more."""


def nest_blocks(blocks: list[Block], masked: str, root: Clause) -> list[Clause]:
    """Hang each block where its label and the blocks before it say."""
    nest = _Nest(blocks, masked, root)
    for at in range(len(blocks)):
        nest.hang(at)
    return nest.clauses


class _Nest:
    """The sections and the list that are open while blocks are hung one after the other."""

    def __init__(self, blocks: list[Block], masked: str, root: Clause) -> None:
        self._blocks, self._masked, self._root = blocks, masked, root
        self._stack: list[Level] = []
        self._open_list: Clause | None = None
        self.clauses: list[Clause] = []

    def hang(self, at: int) -> None:
        """Hang the block with this number under its parent, and open what it opens."""
        block = self._blocks[at]
        body = self._masked[block.start : block.end]
        label = settle(block.label, self._stack) if block.label else None
        parent = self._parent(at, body, label)
        clause = make_clause(block, body, parent, at, self._blocks, self._masked)
        clause.is_item = clause.is_item or parent is self._open_list
        self.clauses.append(clause)
        parent.children.append(clause)
        self._open(at, body, label, clause)
        del self._stack[MAX_DEPTH:]

    def _parent(self, at: int, body: str, label: Label | None) -> Clause:
        """The clause that a block hangs on; what it closes is closed."""
        block, stack = self._blocks[at], self._stack
        heading = label is None and is_heading(body, at, self._blocks, self._masked)
        opened, self._open_list = self._open_list, None
        if label:
            return parent_of(label, block.indent, stack, self._root)
        if opened is not None and not heading and _fits_list(body, opened, self._masked):
            self._open_list = opened
            return opened
        if not heading:
            if opens_list(body) and _next_begins_list(at, self._blocks):
                close_list(stack, block)
            return _body_parent(stack, block, self._root)
        if body.isupper():
            stack.clear()
        return stack[-1].clause if stack and not block.gap else _outer(stack, self._root)

    def _open(self, at: int, body: str, label: Label | None, clause: Clause) -> None:
        """Note the section that a block opens, and the list that its last words lead into."""
        leads, labelled = opens_list(body), _next_is_labelled(at, self._blocks)
        in_list = clause.parent is self._open_list
        indent = self._blocks[at].indent
        if label:
            self._stack.append(Level(label.style, label.value, clause, indent, label.level))
        elif clause.is_heading:
            self._stack.append(Level("plain-heading", None, clause, indent))
        elif leads and labelled and not in_list:
            self._stack.append(Level("lead", None, clause, indent))
        if leads and not clause.is_heading:
            clause.lead = last_sentence(self._masked, clause)
            if (label and not labelled) or (not label and not in_list):
                self._open_list = clause


def _outer(stack: list[Level], root: Clause) -> Clause:
    """The section that a plain heading with space around it falls under: the last Markdown heading, else the root."""
    for level in reversed(stack):
        if level.style.startswith("heading"):
            return level.clause
    while stack:
        stack.pop()
    return root


def _next_is_labelled(at: int, blocks: list[Block]) -> bool:
    return at + 1 < len(blocks) and blocks[at + 1].label is not None


def _next_begins_list(at: int, blocks: list[Block]) -> bool:
    """True where the next block can be the first item of a list: a bullet, or number one."""
    label = blocks[at + 1].label if at + 1 < len(blocks) else None
    return label is not None and label.value in (None, 1)


def _fits_list(body: str, opener: Clause, masked: str) -> bool:
    """True where an unnumbered block still belongs to the list that a colon opened."""
    if body[:1].islower():
        return True
    last = opener.children[-1] if opener.children else None
    if last is not None and masked[last.start : last.end].rstrip().endswith("."):
        first = masked[opener.children[0].start : opener.children[0].end].rstrip()
        if not first.endswith("."):
            return False
    return max(len(part.split()) for part in body.split(";")) <= _ITEM_WORDS and not re.match(
        r"(?:you|if|this|the licens|we|any|by|in no)\b", body, re.IGNORECASE
    )


def _body_parent(stack: list[Level], block: Block, root: Clause) -> Clause:
    """The clause that an unnumbered paragraph continues: the innermost section whose text does not lead into a list."""
    while stack and stack[-1].style == "lead":
        stack.pop()
    for level in reversed(stack):
        if level.style.startswith(("bullet", "(")) or (level.indent and block.indent < level.indent):
            continue
        if block.gap and block.indent <= level.indent and level.clause.lead_ins():
            continue
        return level.clause
    return root
