"""The clause tree: numbered sections, headings, items and definitions, each item with the words that lead into it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from licensecheck.text.blocks import Block, split_blocks
from licensecheck.text.labels import Label, roman_value
from licensecheck.text.mask import mask_markup
from licensecheck.text.sentences import split_sentences

_DEFINES = re.compile(
    r"^[ \t]*(?:the term[s]?[ \t]+)?[\"“'‘«「]([^\"”'’»」\n]{1,80})[\"”'’»」]"
    r"|^[ \t]*([A-Z][\w/\- ]{1,50}?)[ \t]+(?:means|shall mean|refers to|is defined as|has the meaning)\b"
)
_MEANS = re.compile(
    r"\b(?:means?|shall mean|refers? to|includes?|is defined|has the meaning|shall have the)\b|是指|指|包括|뜻|의미"
)
_OPEN_END = re.compile(
    r"[:：—–,;]\s*(?:and|or)?\s*$|\b(?:to|that|shall|must|may|not|for|will|the following|以下|下列)\s*$", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.!?。！？][\"”’')\]]*\s*$")
_INLINE = re.compile(
    r"(?<![\w.\-])[(（]([ivxlc]{1,5}|[a-zA-Z]|\d{1,2})[)）](?=\s*\S)|(?<=[\s:;,])(\d{1,2}|[ivx]{1,4}|[a-h])\)(?=\s)"
)
_RUN_IN = re.compile(r"([A-Z\"“][^.:;。：\n]{1,80})[.:。：—–](?=\s|$)")
_RUN_IN_HAN = re.compile(r"([\u4e00-\u9fff]{2,12})[。：]")
_ITEM_WORDS = 60
"""An unnumbered block after a colon is taken for an item up to so many words."""


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


def parse_clauses(text: str) -> ClauseTree:
    """The clause tree of a license or policy text, whatever its layout."""
    masked = mask_markup(text)
    root = Clause(start=0, end=len(text), label=None, parent=None, is_heading=True)
    clauses = _nest(split_blocks(masked), masked, root)
    sentences: list[Sentence] = []
    everything: list[Clause] = []
    for clause in clauses:
        pieces = _split_inline(clause, masked)
        everything.extend(pieces)
        for piece in pieces:
            sentences.extend(
                Sentence(start=a, end=b, clause=piece) for a, b in split_sentences(masked, piece.start, piece.end)
            )
    sentences.sort(key=lambda s: (s.start, -s.end))
    return ClauseTree(text=text, masked=masked, root=root, clauses=tuple(everything), sentences=tuple(sentences))


@dataclass(slots=True)
class _Level:
    style: str
    value: int | None
    clause: Clause
    indent: int
    depth: int | None = None


def _nest(blocks: list[Block], masked: str, root: Clause) -> list[Clause]:
    """Hang each block where its label and the blocks before it say."""
    stack: list[_Level] = []
    clauses: list[Clause] = []
    open_list: Clause | None = None
    for at, block in enumerate(blocks):
        body = masked[block.start : block.end]
        label = _settle(block.label, stack) if block.label else None
        if label:
            open_list = None
            parent = _parent_of(label, block.indent, stack, root)
        elif _is_heading(body, at, blocks, masked):
            if body.isupper() or not stack:
                stack.clear()
            open_list, parent = None, stack[-1].clause if stack and not block.gap else _outer(stack, root)
        elif open_list is not None and _fits_list(body, open_list, masked):
            parent = open_list
        else:
            open_list, parent = None, _body_parent(stack, block, root)
        clause = _make(block, body, parent, at, blocks, masked)
        clause.is_item = clause.is_item or parent is open_list
        clauses.append(clause)
        parent.children.append(clause)
        if label:
            stack.append(_Level(label.style, label.value, clause, block.indent, label.level))
        elif clause.is_heading:
            stack.append(_Level("plain-heading", None, clause, block.indent))
        elif parent is not open_list and _opens_list(body):
            open_list = clause
            if _next_is_labelled(at, blocks):
                stack.append(_Level("lead", None, clause, block.indent))
        if _opens_list(body) and not clause.is_heading:
            clause.lead = _last_sentence(masked, clause)
            if block.label and not _next_is_labelled(at, blocks):
                open_list = clause
    return clauses


def _outer(stack: list[_Level], root: Clause) -> Clause:
    """The section that a plain heading with space around it falls under: the last Markdown heading, else the root."""
    for level in reversed(stack):
        if level.style.startswith("heading"):
            return level.clause
    while stack:
        stack.pop()
    return root


def _next_is_labelled(at: int, blocks: list[Block]) -> bool:
    return at + 1 < len(blocks) and blocks[at + 1].label is not None


def _opens_list(body: str) -> bool:
    return bool(_OPEN_END.search(body.rstrip()[-24:]))


def _fits_list(body: str, opener: Clause, masked: str) -> bool:
    """True where an unnumbered block still belongs to the list that a colon opened."""
    if body[:1].islower():
        return True
    last = opener.children[-1] if opener.children else None
    if last is not None and masked[last.start : last.end].rstrip().endswith("."):
        first = masked[opener.children[0].start : opener.children[0].end].rstrip()
        if not first.endswith("."):
            return False
    return len(body.split()) <= _ITEM_WORDS and not re.match(
        r"(?:you|if|this|the licens|we|any|by|in no)\b", body, re.IGNORECASE
    )


def _body_parent(stack: list[_Level], block: Block, root: Clause) -> Clause:
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


def _settle(label: Label, stack: list[_Level]) -> Label:
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


def _parent_of(label: Label, indent: int, stack: list[_Level], root: Clause) -> Clause:
    """Pop the stack to the clause under which a labelled block stands."""
    style = label.style
    if style == "heading" or (label.level and style != "dotted"):
        level = label.level or 1
        while stack and not (stack[-1].style.startswith("heading") and (stack[-1].depth or 0) < level):
            stack.pop()
        return stack[-1].clause if stack else root
    if style == "dotted":
        return _dotted_parent(label, stack, root)
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


def _sibling(label: Label, indent: int, same: list[tuple[int, _Level]]) -> int | None:
    """Which open level of this style the label goes on from; None where it starts a new list inside."""
    value = label.value
    for i, known in reversed(same):
        if value is not None and known.value is not None and value == known.value + 1 and indent <= known.indent + 1:
            return i
    if value == 1 and same[-1][1].value is not None and indent > same[-1][1].indent:
        return None
    for i, known in reversed(same):
        if value is not None and known.value is not None and known.value < value:
            return i
    return None if value == 1 and indent > same[-1][1].indent else same[0][0]


def _leave_bullets(stack: list[_Level], indent: int) -> None:
    while stack and stack[-1].style.startswith("bullet") and stack[-1].indent >= indent:
        stack.pop()


def _dotted_parent(label: Label, stack: list[_Level], root: Clause) -> Clause:
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


def _is_heading(body: str, at: int, blocks: list[Block], masked: str) -> bool:
    """True for a short block without an end mark that something follows."""
    words = body.split()
    if not words or len(words) > 12 or len(body) > 110 or _SENTENCE_END.search(body) or at + 1 >= len(blocks):
        return False
    if body.rstrip()[-1] in ",;:：；，。" or not body[:1].isalpha() or body[:1].islower():
        return False
    if body.isupper():
        return True
    if "\u3400" <= body[:1] <= "\u9fff":
        return len(body) <= 20
    capital = sum(w[:1].isupper() for w in words if len(w) > 3)
    return capital >= 0.5 * sum(len(w) > 3 for w in words) and len(words) <= 10


def _make(block: Block, body: str, parent: Clause, at: int, blocks: list[Block], masked: str) -> Clause:
    label = block.label
    text = label.text if label and label.text else None
    clause = Clause(start=block.start, end=block.end, label=text, parent=parent, is_item=label is not None)
    if (label and label.style == "heading") or _is_heading(body, at, blocks, masked):
        clause.is_heading = True
        clause.heading, clause.heading_span = " ".join(body.split()), (block.start, block.end)
    elif found := _run_in_heading(body):
        clause.heading, clause.heading_span = " ".join(found[1].split()), (block.start, block.start + found.end(1))
    name = _DEFINES.match(body)
    if name and _MEANS.search(body[name.end() - 12 : name.end() + 80]):
        clause.defines = name[1] or name[2]
        clause.defines_span = (block.start, block.start + name.end())
    return clause


def _run_in_heading(body: str) -> re.Match[str] | None:
    """The heading that stands in the same paragraph as the text: "Redistribution. You may …"."""
    found = _RUN_IN.match(body) or _RUN_IN_HAN.match(body)
    if not found:
        return None
    words = [w for w in found[1].split() if len(w) > 3]
    capital = sum(w[:1].isupper() for w in words)
    return found if len(found[1].split()) <= 9 and (not words or capital >= 0.5 * len(words)) else None


def _last_sentence(masked: str, clause: Clause) -> tuple[int, int]:
    spans = split_sentences(masked, clause.start, clause.end)
    return spans[-1] if spans else (clause.start, clause.end)


def _split_inline(clause: Clause, masked: str) -> list[Clause]:
    """The clause, or its lead-in and items where they are numbered within a sentence: "shall not (i) … (ii) …"."""
    marks = _inline_marks(clause, masked)
    if not marks:
        return [clause]
    first = marks[0].start()
    spans = split_sentences(masked, clause.start, first)
    lead = spans[-1] if spans and not _SENTENCE_END.search(masked[spans[-1][0] : spans[-1][1]]) else None
    head = Clause(
        start=clause.start,
        end=first,
        label=clause.label,
        parent=clause.parent,
        heading=clause.heading,
        heading_span=clause.heading_span,
        defines=clause.defines,
        defines_span=clause.defines_span,
        lead=lead,
        is_item=clause.is_item,
    )
    head.children = clause.children
    for child in clause.children:
        child.parent = head
    pieces = [head]
    ends = [m.start() for m in marks[1:]] + [clause.end]
    for mark, end in zip(marks, ends):
        label = mark[1] or mark[2]
        pieces.append(Clause(start=mark.end(), end=end, label=label, parent=head, is_item=True, is_inline=True))
    if clause.lead:
        pieces[-1].lead = clause.lead if clause.lead[0] >= pieces[-1].start else None
        head.lead = head.lead or clause.lead
    return pieces


def _inline_marks(clause: Clause, masked: str) -> list[re.Match[str]]:
    """The marks (i), (ii), … or (a), (b), … of the outermost enumeration within a clause, in unbroken order."""
    found = [m for m in _INLINE.finditer(masked, clause.start, clause.end) if not _is_reference(masked, m)]
    best: list[re.Match[str]] = []
    for kind in ("letter", "roman", "digit"):
        chain: list[re.Match[str]] = []
        for mark in found:
            value = _mark_value(mark[1] or mark[2], kind)
            if value == len(chain) + 1:
                chain.append(mark)
        if len(chain) >= 2 and (not best or chain[0].start() < best[0].start()):
            best = chain
    return best


def _mark_value(mark: str, kind: str) -> int | None:
    mark = mark.lower()
    if kind == "digit":
        return int(mark) if mark.isdigit() else None
    if mark.isdigit():
        return None
    if kind == "roman":
        return roman_value(mark)
    return ord(mark) - ord("a") + 1 if len(mark) == 1 else None


_REFERENCE = re.compile(
    r"(?:section|clause|paragraph|article|subsection|item|exhibit|第)s?\s*[\d.]*\s*"
    r"(?:(?:\([a-z\d]+\)\s*)+(?:(?:and|or|to|,)\s*)?)?$|[\d.]$|\d\s?$",
    re.IGNORECASE,
)


def _is_reference(masked: str, mark: re.Match[str]) -> bool:
    """True for "Section 1(a) and (b)" and the like, which name a clause and do not begin one."""
    return bool(_REFERENCE.search(masked, max(0, mark.start() - 24), mark.start()))
