"""The nodes of a clause tree, and the sentences that rules look at."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True, kw_only=True, eq=False)
class Clause:
    """A node of the tree: a section, a paragraph or an item, with its label path and the clause it hangs on."""

    start: int
    end: int
    label: str | None
    parent: Clause | None
    heading: str = ""
    """The clause's own heading, where it has one."""
    defines: str | None = None
    """The defined term, where the clause is a definition."""
    heading_span: tuple[int, int] | None = None
    defines_span: tuple[int, int] | None = None
    lead: tuple[int, int] | None = None
    """Offsets of the words of the clause that lead into its items."""
    is_heading: bool = False
    is_item: bool = False
    """True where the clause is labelled, or stands in a list that a colon opened."""
    is_inline: bool = False
    """True for an item that is numbered within the sentence of its parent."""
    children: list[Clause] = field(default_factory=list)

    @property
    def section(self) -> str | None:
        """The labels down to this clause, as a lawyer cites it: "1.b.iv"."""
        parts: list[str] = []
        node: Clause | None = self
        while node is not None:
            if node.label:
                parts.append(node.label)
                if "." in node.label or " " in node.label:
                    break
            node = node.parent
        return ".".join(reversed(parts)) or None

    @property
    def headings(self) -> list[str]:
        """The headings above this clause, its own first."""
        found: list[str] = []
        node: Clause | None = self
        while node is not None:
            if node.heading:
                found.append(node.heading)
            node = node.parent
        return found

    def lead_ins(self) -> list[tuple[int, int]]:
        """Offsets of the words that lead into this clause, outermost first; a paragraph after a list has none."""
        spans: list[tuple[int, int]] = []
        node: Clause | None = self
        while node is not None and not node.is_item:
            node = node.parent
        node = node.parent if node is not None else None
        while node is not None:
            if node.lead:
                spans.append(node.lead)
            elif not node.is_heading:
                break
            node = node.parent
        return spans[::-1]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sentence:
    """The smallest piece that rules look at: one sentence, or one item, of a clause."""

    start: int
    end: int
    clause: Clause


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseTree:
    """A text taken apart. `masked` has the length of the text; `sentences` stand in the order of the file."""

    text: str
    masked: str
    root: Clause
    clauses: tuple[Clause, ...]
    sentences: tuple[Sentence, ...]
