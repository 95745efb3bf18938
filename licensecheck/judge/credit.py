"""Whether what recipients should get is there; a file that the profile names is looked into."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from licensecheck.domain.licenses import Disposition, LicenseReading
from licensecheck.domain.subject import Document
from licensecheck.judge.case import Case, Fact
from licensecheck.lazy import html, re

# Whether a prescribed credit line is shown, in whatever dress.


_TAG = re.compile(r"<[/!]?[A-Za-z][^<>]{0,300}>|<!--.{0,2000}?-->", re.DOTALL)
_DRESS = re.compile("[*_`~#>|\"'“”„«»‹›‘’「」『』()\\[\\]{}.,;:!?™®©–—-]+")
_BLANK = re.compile(r"\[[^\]]{1,80}\]|<[^>]{1,80}>|\{[^}]{1,80}\}|_{3,}|X{3,}")
MAX_BLANK = 12
"""How many words may stand where the prescribed line has a blank to fill in."""


def credit_required(case: Case) -> Fact:
    """Whether the text asks for the line; false where it only encourages it."""
    required = case.term.attributes.get("required")
    return Fact(value=required is not False, reason="" if required is not False else "The text only encourages it.")


def credit_shown(case: Case) -> Fact:
    """Whether one of the prescribed lines stands in the credit lines or the files that the profile names."""
    lines = prescribed(case)
    shown = case.profile.materials.credit_lines
    wanted = " or ".join(f'"{line}"' for line in lines) or "a credit line"
    ask = case.asking("materials.credit_lines")
    if shown is None:
        return Fact(value=None, reason=f"Prescribed is {wanted}; the profile does not show it.", ask=ask)
    if not lines:
        return Fact(value=bool(shown) or None, ask=ask)
    texts = [case.situation.materials.get(entry, entry) for entry in shown]
    if any(holds_line(text, line) for text in texts for line in lines):
        return Fact(value=True, reason=f"{wanted} is shown.")
    found = "what is shown does not hold it" if shown else "no credit line is shown"
    return Fact(value=False, reason=f"Prescribed is {wanted}; {found}.", ask=ask)


def prescribed(case: Case) -> tuple[str, ...]:
    """The prescribed lines of this term, or for a threshold those that its text prescribes."""
    found: list[str] = []
    terms = (case.term,) if case.term.kind == "display-attribution" else case.reading.terms
    for term in terms:
        texts = term.attributes.get("texts")
        if term.kind == "display-attribution" and isinstance(texts, tuple):
            found.extend(texts)
    return tuple(found)


def holds_line(text: str, line: str) -> bool:
    """True where the text holds the line: case, quotes, markup, tags and line breaks do not matter, the words do."""
    parts = [undress(part).split() for part in _BLANK.split(line)]
    return _follow(undress(_TAG.sub(" ", html.unescape(text))).split(), parts)


def undress(text: str) -> str:
    """The bare words: no markup, quotes, punctuation or decoration, one case, one form of each character."""
    folded = unicodedata.normalize("NFKC", _DRESS.sub(" ", text)).casefold()
    return "".join(_bare(c) for c in _DRESS.sub(" ", folded))


def _bare(char: str) -> str:
    """Nothing for an invisible character, a space for a symbol, else the character."""
    category = unicodedata.category(char)
    if category == "Cf":
        return ""
    return " " if category[0] in "SC" and not char.isspace() else char


def _follow(words: list[str], parts: list[list[str]]) -> bool:
    """True where the parts follow one another, each blank between them filled with one to a few words."""
    starts = _places(words, parts[0], range(len(words) + 1)) if parts[0] else set(range(len(words)))
    for part in parts[1:]:
        gaps = {s + gap for s in starts for gap in range(1, MAX_BLANK + 1) if s + gap <= len(words)}
        starts = _places(words, part, sorted(gaps))
    return bool(starts)


def _places(words: list[str], part: list[str], starts: Iterable[int]) -> set[int]:
    """Where the words of a part end, for those starts at which they stand."""
    size = len(part)
    return {s + size for s in starts if words[s : s + size] == part}


# Whether what recipients should get is there; a file that the profile names is looked into.


ENOUGH = 0.9
"""The share of a license's word triples that a copy must hold to count as one."""


def material(name: str, case: Case) -> Fact:
    """The state of one material: true, false, or not known."""
    stated = getattr(case.profile.materials, name)
    if isinstance(stated, bool):
        return Fact(value=stated)
    if stated is None:
        return Fact(value=None, ask=case.asking(f"materials.{name}"))
    if isinstance(stated, tuple):
        return Fact(value=bool(stated))
    text = case.situation.materials.get(stated)
    if text is None or not text.strip():
        return Fact(value=False, reason=f"The file {stated} is not there or is empty.")
    return _looked_into(name, stated, text, case)


def _looked_into(name: str, path: str, text: str, case: Case) -> Fact:
    if name == "license_copy":
        return _license_copy(path, text, case)
    wanted = case.term.attributes.get("text") if case.term.kind == "notice-file" else None
    if name == "notice_file" and isinstance(wanted, str):
        held = holds_line(text, wanted)
        return Fact(value=held, reason=f"{path} {'holds' if held else 'does not hold'} the prescribed notice.")
    return Fact(value=True, reason=f"{path} is there.")


def _license_copy(path: str, text: str, case: Case) -> Fact:
    """Whether the file is a copy of the license text at hand; where no text is at hand, that it is there counts."""
    document = _document(case)
    if document is None:
        return Fact(value=True, reason=f"{path} is there; no text of the license is at hand to compare it with.")
    share = overlap(document.text, text)
    held = share >= ENOUGH
    is_copy = "is" if held else "is not"
    return Fact(value=held, reason=f"{path} {is_copy} a copy of the license ({share:.0%} of its text).")


def _document(case: Case) -> Document | None:
    return next((d for d in case.situation.subject.documents if d.path == case.reading.path), None)


def overlap(text: str, copy: str) -> float:
    """The share of the word triples of a text that a copy holds."""
    wanted, held = _triples(text), _triples(copy)
    return len(wanted & held) / len(wanted) if wanted else 0.0


def _triples(text: str) -> set[tuple[str, ...]]:
    words = undress(text).split()
    return {tuple(words[i : i + 3]) for i in range(max(1, len(words) - 2))}


# Whether the name of a derived or trained model holds the prescribed word in the prescribed place.


_JOINT = re.compile(r"[\s_\-./]+")


def name_as_prescribed(case: Case) -> Fact:
    """Whether the stated name fits; not known where there is no name yet."""
    word, position = case.term.attributes.get("text"), case.term.attributes.get("position")
    name = case.profile.derivatives.model_name
    if not isinstance(word, str):
        return Fact(value=None, reason="The text prescribes a name that could not be read.")
    where = "hold" if position == "anywhere" else "begin with"
    if name is None:
        ask = case.asking("derivatives.model_name")
        return Fact(value=None, reason=f'No name is given; it must {where} "{word}".', ask=ask)
    fits = name_fits(name, word, anywhere=position == "anywhere")
    return Fact(value=fits, reason=f'The name "{name}" {"fits" if fits else "does not fit"}: it must {where} "{word}".')


def name_fits(name: str, word: str, *, anywhere: bool) -> bool:
    """True where the name, without the account it is published under, holds or begins with the word."""
    own = _fold(name.rsplit("/", 1)[-1])
    return _fold(word) in own if anywhere else own.startswith(_fold(word))


def _fold(text: str) -> str:
    return _JOINT.sub("-", text.strip().casefold())


# Whether a policy that the license incorporates is at hand.


def policy_at_hand(case: Case) -> Fact:
    """Whether the incorporated policy was read: as a text of its own, or where none is named apart, as an annex."""
    policies = [reading for reading in case.situation.readings if reading.role == "policy" and reading.terms]
    dark = next((policy for policy in policies if _is_mostly_unread(policy)), None)
    if dark is not None:
        return Fact(value=False, reason=f"Most of what {dark.path} says was not understood.")
    if policies:
        by_record = all(policy.source == "record" for policy in policies)
        return Fact(value=True, reason=f"Its {'record' if by_record else 'text'} is at hand.")
    url = case.term.attributes.get("url")
    attached = any(term.kind == "prohibited-use" for term in case.reading.terms)
    if url is None and attached:
        return Fact(value=True, reason="They stand in the license text itself.")
    where = f" ({url})" if url else ""
    return Fact(value=False, reason=f"The policy that the license incorporates{where} is not at hand.")


READ = (Disposition.TERM, Disposition.FACT, Disposition.BOILERPLATE)


def _is_mostly_unread(policy: LicenseReading) -> bool:
    """True for a policy in which more bans give no term than give one: nobody can say that it is kept."""
    bans = [line for line in policy.ledger if line.force == "ban" and not line.evidence.quote.rstrip().endswith(":")]
    return 2 * sum(line.disposition not in READ for line in bans) > len(bans)
