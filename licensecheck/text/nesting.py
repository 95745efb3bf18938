"""Blocks hung into a tree, by their labels, their indentation and the blocks before them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from licensecheck.lazy import re
from licensecheck.text.clause_tree import ATTACHED, Block, Clause, Label, split_sentences

# What a block is: a heading, a definition, or a text that leads into a list.


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
_DATED = re.compile(
    r"(?:last (?:modified|updated|revised|changed)|effective|updated|revised|published|version|contact)\b[^\n]*[\d@:]",
    re.IGNORECASE,
)
"""A line under the title that says of when the text is; it heads nothing."""
_POINTS_BACK = re.compile(
    r"(?:(?:this|these|such|that)\b[^.:;]{0,60}\binclud|for (?:instance|example)\b|examples (?:include|are|of)|"
    r"(?:prohibited|banned|forbidden) (?:uses|activities|content) includ)",
    re.IGNORECASE,
)
"""How a sentence begins that only leads from the one before it to a list."""
_ANNOUNCES = re.compile(
    r"\b(?:the following|following (?:\w+ ){0,3}(?:activities|uses|purposes|ways|content|restrictions)|as follows|"
    r"(?:activities|uses|purposes) (?:listed |set out |described )?below)\b|(?:下列|以下)(?!简称)",
    re.IGNORECASE,
)
"""What a sentence holds that speaks of a list to come, whatever is said between it and the list."""
_ORDERS = re.compile(r"\b(?:may|must|shall|can|cannot|do|will|agree)\b", re.IGNORECASE)
"""What a sentence has that says by itself what its list is about."""
_DIRECTS = re.compile(
    r"\b(?:may|must|shall|cannot|agree|not|allowed|permitted|forbidden|prohibited|barred)\b", re.IGNORECASE
)
"""What a lead-in holds that says by itself whether its items are permitted, owed or barred."""
SENTENCE_END = re.compile(r"[.!?。！？][\"”’')\]]*\s*$")
_RUN_IN = re.compile(r"([A-Z\"“][^.:;。：\n]{1,80})[.:。：—–](?=\s|$)")
_RUN_IN_HAN = re.compile(r"([\u4e00-\u9fff]{2,12})[。：]")


def make_clause(block: Block, body: str, parent: Clause, at: int, blocks: list[Block], masked: str) -> Clause:
    label = block.label
    text = label.text if label and label.text else None
    clause = Clause(start=block.start, end=block.end, label=text, parent=parent, is_item=label is not None)
    titled = label is None and is_run_in_title(body, at, blocks)
    if (label and label.style == "heading") or titled or is_heading(body, at, blocks, masked):
        clause.is_heading = True
        clause.heading, clause.heading_span = " ".join(body.split()), (block.start, block.end)
    elif found := _run_in_heading(body):
        clause.heading, clause.heading_span = " ".join(found[1].split()), (block.start, block.start + found.end(1))
    name = _DEFINES.match(body)
    if name and _MEANS.search(body[max(0, name.end() - 12) : name.end() + 80]):
        clause.defines = name[1] or name[2]
        clause.defines_span = (block.start, block.start + name.end())
    return clause


def is_heading(body: str, at: int, blocks: list[Block], masked: str) -> bool:
    """True for a short block without an end mark that something follows."""
    words = body.split()
    if not words or len(words) > 12 or len(body) > 110 or SENTENCE_END.search(body) or at + 1 >= len(blocks):
        return False
    if _DATED.match(body) or body.rstrip()[-1] in ",;:：；，。" or not body[:1].isalpha() or body[:1].islower():
        return False
    if body.isupper():
        return True
    if "\u3400" <= body[:1] <= "\u9fff":
        return len(body) <= 20
    capital = sum(w[:1].isupper() for w in words if len(w) > 3)
    return capital >= 0.5 * sum(len(w) > 3 for w in words) and len(words) <= 10


def _run_in_heading(body: str) -> re.Match[str] | None:
    """The heading that stands in the same paragraph as the text: "Redistribution. You may …"."""
    found = _RUN_IN.match(body) or _RUN_IN_HAN.match(body)
    if not found:
        return None
    words = [w for w in found[1].split() if len(w) > 3]
    capital = sum(w[:1].isupper() for w in words)
    return found if len(found[1].split()) <= 9 and (not words or capital >= 0.5 * len(words)) else None


def is_run_in_title(body: str, at: int, blocks: list[Block]) -> bool:
    """True for a short line in title case that ends like a sentence and stands above bullets: "Restrictions."."""
    following = blocks[at + 1].label if at + 1 < len(blocks) else None
    found = _RUN_IN.fullmatch(body.strip())
    if not found or following is None or not following.style.startswith("bullet") or _ORDERS.search(body):
        return False
    words = [word.strip('(“"') for word in found[1].split()]
    return len(words) <= MAX_TITLE and all(word[:1].isupper() for word in words if len(word) > 3)


MAX_TITLE = 6
"""How many words a title has that ends like a sentence."""


def opens_list(body: str) -> bool:
    return bool(_OPEN_END.search(body.rstrip()[-24:]))


def directs_items(body: str) -> bool:
    """True for words that end in a colon and say what its items are, such as "You may not:"."""
    lead = re.split(r"[.;]", body.rstrip()[-160:])[-1]
    return lead.endswith((":", "：")) and bool(_DIRECTS.search(lead))


def announces_list(masked: str, block: Block) -> bool:
    """True for a paragraph of which one of the last two sentences speaks of a list to come."""
    spans = split_sentences(masked, block.start, block.end)[-2:]
    return any(_ANNOUNCES.search(masked, *span) for span in spans)


def is_bare_lead(body: str, clause: Clause) -> bool:
    """True for a short line without an end mark that is no heading: "What you can't do with it"."""
    return not clause.is_heading and 2 < len(body.split()) <= 12 and not SENTENCE_END.search(body)


def last_sentence(masked: str, clause: Clause) -> tuple[int, int]:
    """The offsets of the sentence that leads on, with the one before it where it only points back at that."""
    spans = split_sentences(masked, clause.start, clause.end)
    if len(spans) > 1 and not opens_list(masked[clause.start : clause.end]) and _ANNOUNCES.search(masked, *spans[-2]):
        return spans[-2][0], spans[-1][1]
    if len(spans) > 1 and _POINTS_BACK.match(masked, spans[-1][0]) and not _ORDERS.search(masked, *spans[-1]):
        return spans[-2][0], spans[-1][1]
    return spans[-1] if spans else (clause.start, clause.end)


def _breaks_off(body: str, label: Label | None, following: Label | None) -> bool:
    """True where a numbered sentence without an end stands before the first item of a list of another style."""
    first = label is not None and following is not None and following.value == 1 and following.style != "dotted"
    return first and len(body.split()) >= SENTENCE and not SENTENCE_END.search(body)


SENTENCE = 5
"""How many words a text has that is more than a heading."""


# Where a labelled block stands: the stack of open sections, and which of them it goes on from.


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


def parent_of(label: Label, indent: int, stack: list[Level], root: Clause, *, titled: bool, bare: bool) -> Clause:
    """Pop the stack to the clause under which a labelled block stands.

    `titled` says that its text begins with a heading of its own, `bare` that it is nothing but a heading.
    """
    style = label.style
    if style in ATTACHED and not label.level:
        stack.clear()
        return root
    if style == "heading" or (label.level and style != "dotted"):
        level = label.level or 1
        while stack and not (stack[-1].style.startswith("heading") and (stack[-1].depth or 0) < level):
            stack.pop()
        return stack[-1].clause if stack else root
    if style == "dotted":
        return _dotted_parent(label, stack, root)
    if label.value == 1 and stack and (_leads(stack[-1], style) or (_heads(stack[-1], style) and not bare)):
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
        at = _sibling(label, indent, [(i, stack[i]) for i in same], titled=titled)
        if at is not None:
            del stack[at:]
    else:
        _leave_bullets(stack, indent)
    return stack[-1].clause if stack else root


def _leads(level: Level, style: str) -> bool:
    """True where a level leads into a list from one on, in numbers of its own style even; after zero, one goes on."""
    anew = level.style == style and level.value != 0
    return level.style == "lead" or (anew and level.clause.lead is not None)


def _heads(level: Level, style: str) -> bool:
    """True where a level is a bare heading, which numbers of its own style can divide: "1. Definitions", "1. Work"."""
    return level.style == style and level.value != 0 and level.clause.is_heading


def _sibling(label: Label, indent: int, same: list[tuple[int, Level]], *, titled: bool) -> int | None:
    """Which open level of this style the label goes on from; None where it starts a new list inside.

    Where it can go on from a list and from the section above, as 5 after 4 and after 4.4, it goes on from the one
    whose clauses begin with headings if it begins with one too.
    """
    value = label.value
    before = [
        (abs(indent - known.indent), bool(known.clause.heading) is not titled, -i)
        for i, known in same
        if value is not None and known.value == value - 1 and indent <= known.indent + 1
    ]
    if before:
        return -min(before)[2]
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


def close_list(stack: list[Level], block: Block, *, gap: bool = False) -> None:
    """Close the list that stands open where, after a gap or an item, a block no deeper leads into the next one."""
    for at, level in enumerate(stack):
        if (gap or block.gap) and level.style == "lead" and block.indent <= level.indent:
            del stack[at:]
            return


GROUP = "group"
"""The style of a lead-in whose lists stand below headings: "You agree not to:", "Against people", "- …"."""
_NO_GROUP = re.compile(
    r"\b(?:allow|permit|accept|may|can|must|except|report|enforce|contact|consequence|responsib|right|we|our|licen[sc]e|"
    r"prohibit|restrict|warrant|liabil|terminat|polic|encourag|example)",
    re.IGNORECASE,
)
"""What stands in a heading that opens a part of its own, and no group of the list before it."""


def _leave_items(stack: list[Level], block: Block) -> None:
    """Close the items that a heading no deeper follows, and the words that led into them."""
    left = False
    while stack and stack[-1].style.startswith("bullet") and stack[-1].indent >= block.indent:
        stack.pop()
        left = True
    if left and stack and stack[-1].style == "lead" and stack[-1].indent >= block.indent:
        stack.pop()


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


# Blocks hung into a tree, by their labels, their indentation and the blocks before them.


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
        if clause.is_item and not clause.label:
            parent.bare_items += 1
            clause.ordinal = parent.bare_items
        self.clauses.append(clause)
        parent.children.append(clause)
        self._open(at, body, label, clause)
        del self._stack[MAX_DEPTH:]

    def _parent(self, at: int, body: str, label: Label | None) -> Clause:
        """The clause that a block hangs on; what it closes is closed."""
        block, stack = self._blocks[at], self._stack
        titled = label is None and is_run_in_title(body, at, self._blocks)
        heading = titled or (label is None and is_heading(body, at, self._blocks, self._masked))
        opened, self._open_list = self._open_list, None
        if heading and opened is not None and _is_bare_item(at, self._blocks, self._masked):
            heading = False
        if (heading or (label and label.style == "heading")) and (group := self._group(at, body, label, opened)):
            return group
        if label:
            bare = is_heading(body, at, self._blocks, self._masked)
            titled = bare or _run_in_heading(body) is not None
            parent = parent_of(label, block.indent, stack, self._root, titled=titled, bare=bare)
            return self._led_anew(at, parent) or parent
        if (
            opened is not None
            and not heading
            and not self._ends(block, opened)
            and _fits_list(body, opened, self._masked)
        ):
            self._open_list = opened
            return opened
        if titled or (block.gap and _run_in_heading(body)):
            _leave_titled(stack)
        if not heading:
            if opens_list(body) and _next_begins_list(at, self._blocks):
                close_list(stack, block, gap=_follows_item(at, self._blocks))
            elif directs_items(body) and _next_goes_on(at, self._blocks):
                close_list(stack, block, gap=True)
            return _body_parent(stack, block, self._root)
        if body.isupper() and not (stack and stack[-1].style in ATTACHED):
            stack.clear()
        if not block.gap:
            _leave_items(stack, block)
        return stack[-1].clause if stack and not block.gap else _outer(stack, self._root)

    def _ends(self, block: Block, opener: Clause) -> bool:
        """True for a sentence after a gap that is less indented than the items of the list before it."""
        body = self._masked[block.start : block.end]
        if not opener.children or not block.gap or not body[:1].isupper() or not SENTENCE_END.search(body):
            return False
        first = opener.children[0].start
        return block.indent < first - self._masked.rfind("\n", 0, first) - 1

    def _led_anew(self, at: int, parent: Clause) -> Clause | None:
        """What leads into an item where the one before ends in a lead-in of its own: "(b) copy it. You may not:"."""
        before = self.clauses[-1] if self.clauses else None
        if before is None or before.parent is not parent or not _next_goes_on(at - 1, self._blocks):
            return None
        spans = split_sentences(self._masked, before.start, before.end)
        if len(spans) < 2 or not directs_items(self._masked[slice(*spans[-1])]):
            return None
        before.lead = None
        anew = replace(parent, start=spans[-1][0], end=before.end, lead=spans[-1], children=[])
        if self._stack and self._stack[-1].clause is parent:
            self._stack[-1] = replace(self._stack[-1], clause=anew)
        return anew

    def _group(self, at: int, body: str, label: Label | None, opened: Clause | None) -> Clause | None:
        """The lead-in of the lists that stand below headings, where this heading stands above one of them."""
        stack, depth = self._stack, (label.level or 0) if label else 0
        known = next((i for i, level in enumerate(stack) if level.style == GROUP and level.depth == depth), None)
        below = self._blocks[at + 1].label if at + 1 < len(self._blocks) else None
        if below is None or not below.style.startswith("bullet") or _NO_GROUP.search(body):
            if known is not None:
                del stack[known:]
            return None
        if known is not None:
            del stack[known + 1 :]
            return stack[known].clause
        above = max((level.depth or 0 for level in stack if level.style.startswith("heading")), default=0)
        if opened is None or not self._masked[opened.start : opened.end].rstrip().endswith((":", "：")):
            return None
        if label and depth <= above:
            return None
        stack.append(Level(GROUP, None, opened, self._blocks[at].indent, depth))
        return opened

    def _open(self, at: int, body: str, label: Label | None, clause: Clause) -> None:
        """Note the section that a block opens, and the list that its last words lead into."""
        following = self._blocks[at + 1].label if at + 1 < len(self._blocks) else None
        leads, labelled = opens_list(body) or _breaks_off(body, label, following), following is not None
        if not leads and label is None and following is not None and following.style.startswith("bullet"):
            leads = announces_list(self._masked, self._blocks[at]) or is_bare_lead(body, clause)
        in_list = clause.parent is self._open_list
        indent = self._blocks[at].indent
        if label:
            self._stack.append(Level(label.style, label.value, clause, indent, label.level))
        elif clause.is_heading:
            titled = is_run_in_title(body, at, self._blocks)
            self._stack.append(Level(RUN_IN_TITLE if titled else "plain-heading", None, clause, indent))
        elif leads and labelled and not in_list:
            self._stack.append(Level("lead", None, clause, indent))
        if leads and not clause.is_heading:
            clause.lead = last_sentence(self._masked, clause)
            if (label and not labelled) or (not label and not in_list):
                self._open_list = clause


RUN_IN_TITLE = "run-in-title"
"""The style of a section that a title opened which ends like a sentence; the next such title closes it."""


def _follows_item(at: int, blocks: list[Block]) -> bool:
    """True for a block right below an item that it is not indented under."""
    before = blocks[at - 1] if at else None
    bullet = before is not None and before.label is not None and before.label.style.startswith("bullet")
    return bullet and before is not None and blocks[at].indent <= before.indent


def _is_bare_item(at: int, blocks: list[Block], masked: str) -> bool:
    """True for a short line that stands with others of its kind in a row: no heading has nothing below it."""
    if blocks[at].gap or at + 1 >= len(blocks):
        return False
    following = blocks[at + 1]
    if not masked[blocks[at].start : blocks[at].end].isascii():
        return False
    if following.gap or following.label or following.indent != blocks[at].indent:
        return False
    below = masked[following.start : following.end]
    return len(below.split()) <= MAX_TITLE and not SENTENCE_END.search(below) and not opens_list(below)


def _leave_titled(stack: list[Level]) -> None:
    """Close the section that a title of this kind opened."""
    for at, level in enumerate(stack):
        if level.style == RUN_IN_TITLE:
            del stack[at:]
            return


def _outer(stack: list[Level], root: Clause) -> Clause:
    """The section of a plain heading with space around it: of an attachment, of a Markdown heading, or the root."""
    for at, level in reversed([*enumerate(stack)]):
        if level.style in ATTACHED:
            del stack[at + 1 :]
            return level.clause
        if level.style.startswith("heading"):
            return level.clause
    while stack:
        stack.pop()
    return root


def _next_begins_list(at: int, blocks: list[Block]) -> bool:
    """True where the next block can be the first item of a list: a bullet, or number one."""
    label = blocks[at + 1].label if at + 1 < len(blocks) else None
    return label is not None and label.value in (None, 1)


def _next_goes_on(at: int, blocks: list[Block]) -> bool:
    """True where the next block is a lettered item that counts on: "(c)" after "You may not:"."""
    label = blocks[at + 1].label if at + 1 < len(blocks) else None
    return label is not None and label.text.isalpha() and label.style.startswith("(") and (label.value or 0) > 1


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
