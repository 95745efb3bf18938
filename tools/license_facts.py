"""Write who bears what into the records: `python tools/license_facts.py [--dry-run] TEXT_DIR...`.

Outside CI. For every record whose text lies in a folder (found by its hash) it reads from that text: the licensor as
the text names it, its entities by region, the date from which it holds, the languages in which it stands and which of
them prevails. What a text does not say stays out of the record; what stands there already is not overwritten.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from licensecheck.catalog.build import load_record_data, record_paths, render_record  # noqa: E402
from licensecheck.text.io import read_text  # noqa: E402

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
_DAY = (
    r"(?P<iso>\d{4}-\d{2}-\d{2})"
    r"|(?P<m>[A-Z][a-z]+)\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>\d{4})"
    r"|(?P<d2>\d{1,2})(?:st|nd|rd|th)?\s+(?P<m2>[A-Z][a-z]+)\.?,?\s+(?P<y2>\d{4})"
)
_EFFECTIVE = re.compile(
    r"(?:\beffective(?:\s+(?:date|as\s+of|from))?|last\s+(?:modified|updated|revised)|release\s+date|license\s+date"
    r"|version\s+date|\bdate(?:d)?)\W{1,8}(?:" + _DAY + ")",
    re.I,
)
_ENTITY = (
    r"(?P<name>(?:[A-Z0-9][\w.&'’-]*|of|and|for|the)(?:,?\s+(?:[A-Z0-9(][\w.&'’)-]*|of|and|for|the|de|la|du))*"
    r"(?:,?\s+(?:Inc|Ltd|LLC|Limited|Corporation|Corp|GmbH|PBC|Co|Company|Institute|Foundation|University|S\.?A|SAS|AG|B\.?V|Pte|PLC)\b\.?)*)"
)
_LICENSOR = (
    re.compile(
        r"(?:[Bb]etween|by and between)\s+(?:you[^.]{0,40}?\s+and\s+|you\s+or[^.]{0,120}?\s+and\s+)"
        + _ENTITY
        + r"\s*\(",
    ),
    re.compile(
        r"[Bb]etween\s+" + _ENTITY + r"\s*\([^)]{0,60}\)\s*(?:,[^.]{0,60})?\s*and\s+(?:you|the\s+(?:user|licensee))",
    ),
    re.compile(
        r"(?:which\s+(?:is|are)\s+)?(?:offered|made\s+available|provided|licensed|released|distributed)\s+by\s+"
        + _ENTITY
        + r"\s*\([“\"*]"
    ),
    re.compile(
        r"[“\"]\*{0,2}(?:[\w. ]{2,40})\*{0,2}[”\"](?:\s+or\s+[“\"](?:we|us|our)[”\"])*"
        r"\s+(?:means?|refers?\s+to|shall\s+mean|is)\s+"
        r"(?P<name>[A-Z][\w.&'’-]*(?:,?\s+(?:[A-Z][\w.&'’()-]*|of|for|and))*,?\s+"
        r"(?:Inc|Ltd|LLC|Limited|Corporation|Corp|GmbH|PBC|Co)\b\.?)"
    ),
    re.compile(r"(?m)^\W{0,4}(?:Licensor|Grantor)\s*:\s*" + _ENTITY),
    re.compile(r"\b[Ll]icensor(?:\s+of\s+this\s+\w+)?\s+is\s+" + _ENTITY),
    re.compile(
        r"\b(?:and|by)\s+"
        + _ENTITY
        + r"(?:,\s+an?\s+\w+\s+(?:corporation|company))?(?:\s+(?:and|or)\s+its\s+[\w ]{5,40})?\s*"
        r"\([“\"]\*{0,2}(?!you)[\w.]"
    ),
    re.compile(r"[“\"](?:[Ww]e|[Uu]s)[”\"]\s*\)\s+(?:shall\s+mean|means?)\s+" + _ENTITY),
    re.compile(r"[“\"]we[”\"]\s+means\s+" + _ENTITY),
    re.compile(_ENTITY + r"\s+\((?:the\s+)?[“\"](?:we|us|Licensor|Company|Institute)[”\"]"),
    re.compile(
        r"[“\"]Licensor[”\"]\s+means\s+the\s+"
        + _ENTITY.replace("Foundation|", "Foundation|Team|")
        + r"\s+that\s+distributes"
    ),
)
_REGION = re.compile(
    r"\b(?P<first>[A-Z]\w+(?:\s[A-Z]\w+){1,4})\s*\((?P<where1>if\s+you\s+are\s+located\s+in[^)]{5,160})\)\s*(?:or|and)\s+"
    r"(?P<second>[A-Z]\w+(?:,?\s[A-Z][\w.]+){1,4})\s*\((?P<where2>if\s+you\s+are\s+located\s+outside[^)]{5,80})\)",
)
_OTHERWISE = re.compile(
    r"located\s+in\s+(?P<where1>the\s+European\s+Economic\s+Area(?:\s+or\s+Switzerland)?),\s+(?P<first>[A-Z]\w+(?:\s[A-Z]\w+){1,4}),\s+or\s+\(ii\)\s+otherwise,"
    r"\s+(?P<second>[A-Z]\w+(?:\s[A-Z]\w+){1,4})\b"
)
_LANGUAGES = {
    "english": "en",
    "chinese": "zh",
    "korean": "ko",
    "japanese": "ja",
    "french": "fr",
    "german": "de",
    "spanish": "es",
    "dutch": "nl",
    "italian": "it",
    "portuguese": "pt",
}
_WORD = "|".join(_LANGUAGES)
_PREVAILS = re.compile(
    rf"\b(?P<a>{_WORD})(?:[- ]language)?(?:\s+(?:version|text|original|language))?"
    rf"[^.]{{0,60}}?\b(?:shall|will)?\s*(?:prevail|control|govern|take\s+precedence)"
    rf"|以(?P<zh>中文|英文)(?:版本?|文本)?为准|(?P<ko>국문|한국어|영문|영어)[^.]{{0,20}}우선",
    re.I,
)
_SCRIPTS = (
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
)
_SMALL = {
    "en": ("the", "of", "and", "to", "this"),
    "fr": ("les", "des", "une", "dans", "par"),
    "de": ("der", "und", "die", "nicht", "oder"),
    "es": ("los", "las", "una", "por", "del"),
    "it": ("della", "che", "di", "il", "per"),
    "nl": ("het", "een", "van", "niet", "wordt"),
}


def main() -> int:
    """Read the texts and write what they say into their records."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--dry-run", action="store_true", help="print what was found, write nothing")
    options = parser.parse_args()
    texts = {
        hashlib.sha256(p.read_bytes()).hexdigest(): p
        for folder in options.folders
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }
    count = 0
    for path in record_paths(ROOT / "licenses"):
        data = load_record_data(path)
        digests = [
            digest for digest in ((data.get("read") or {}).get("sha256"), *data.get("sha256", ())) if digest in texts
        ]
        if not digests:
            continue
        found = facts_of(without_front(read_text(texts[digests[0]]).text), data)
        count += bool(found)
        if options.dry_run:
            print(data["id"], found)
        elif found:
            path.write_text(render_record(placed(data, found)), encoding="utf-8")
    print(f"{count} records with facts of their texts")
    return 0


def placed(data: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    """The record with new facts after its steward, or its date where it has none."""
    after = next(key for key in ("steward", "date", "version", "family") if key in data)
    out: dict[str, Any] = {}
    for key, value in data.items():
        out[key] = value
        if key == after:
            out.update({name: fact for name, fact in found.items() if name not in data})
    return out


def without_front(text: str) -> str:
    """The text without the front matter that ScanCode puts before it."""
    return text.partition("\n---\n")[2] if text.startswith("---\nkey:") else text


def facts_of(text: str, data: dict[str, Any]) -> dict[str, Any]:
    """What a text says of its licensor, its date and its languages."""
    flat = re.sub(r"[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}", "", text)
    flat = re.sub(r"\s+", " ", flat)
    found: dict[str, Any] = {}
    regions = _REGION.search(flat) or _OTHERWISE.search(flat)
    licensor = next((name for pattern in _LICENSOR for name in _names(pattern, flat)), None)
    if regions:
        found["licensor"] = _clean(regions["second"])
        found["entities"] = [
            {"where": _where(regions["where1"]), "name": _clean(regions["first"])},
            {"where": f"outside {_where(regions['where1'])}", "name": _clean(regions["second"])},
        ]
    elif licensor:
        found["licensor"] = licensor
    day = _EFFECTIVE.search(flat[:3000]) or _EFFECTIVE.search(flat[-1500:])
    if day:
        written = _iso(day)
        if written:
            found["effective"] = written
    languages = _languages(text)
    prevails = _PREVAILS.search(flat)
    if len(languages) > 1 or languages != ["en"] or prevails:
        found["languages"] = {"text": languages, **({"prevails": _which(prevails)} if prevails else {})}
    return found


PREAMBLE = 2000
"""Further down than so many letters only a name with the mark of a company is taken for a party."""
_COMPANY = re.compile(r"\b(?:Inc|Ltd|LLC|Limited|Corporation|Corp|GmbH|PBC|Co|Team)\b|Alibaba Cloud|MiniMax")
_NO_LICENSOR = re.compile(r"Arbitration|Mediation|Language Models|\bModels?$|Licensee|Court|Association")


def _names(pattern: re.Pattern[str], flat: str) -> Iterator[str]:
    for hit in pattern.finditer(flat):
        name = _clean(hit["name"])
        late = hit.start() > PREAMBLE and not _COMPANY.search(name)
        if (
            len(name) > 3
            and not late
            and not _NO_LICENSOR.search(name)
            and name.lower()
            not in (
                "you",
                "us",
                "we",
                "licensor",
                "the licensor",
                "licensee",
                "user",
                "contributor",
                "each contributor",
            )
        ):
            yield name


def _clean(name: str) -> str:
    bare = re.split(r"\.\s+(?=\d)", " ".join(name.split()).strip(" ,;“”\"'*"))[0]
    bare += "." if re.search(r"\b(?:Inc|Ltd|Co|Corp)$", bare) and bare in name and f"{bare}." in name else ""
    bare = re.sub(
        r"^.*\b(?:License|Agreement|Policy|Terms)\s+(?=[A-Z])|^(?:[A-Z][a-z]+\s+)?[\d.,\s]+(?=[A-Z])", "", bare
    )
    bare = re.sub(r"^\d{4}\s+", "", re.sub(r"^(?:the|The|and|of|for|by)\s+", "", bare))
    bare = re.sub(r"(?:\s+(?:and|or|of|for|the)|\s+[\d.]+)+$", "", bare).strip(" ,")
    return bare if re.search(r"\b(?:Inc|Ltd|Co|Corp|S\.A|B\.V|L\.L\.C)\.$", bare) else bare.rstrip(".")


def _where(words: str) -> str:
    """The region in short: `EEA, CH` for the words of the Meta licenses; else the words are too long to keep."""
    eea = "EEA" if re.search(r"\bEEA\b|European Economic Area", words) else "EU" if "Europ" in words else ""
    swiss = "CH" if "Switzerland" in words else ""
    return ", ".join(part for part in (eea, swiss) if part) or "other"


def _iso(day: re.Match[str]) -> str | None:
    if day["iso"]:
        return day["iso"]
    month = MONTHS.get((day["m"] or day["m2"] or "").lower())
    return f"{day['y'] or day['y2']}-{month:02}-{int(day['d'] or day['d2']):02}" if month else None


def _languages(text: str) -> list[str]:
    """The languages of which a tenth of the text is written, the largest first."""
    letters = sum(char.isalpha() for char in text) or 1
    shares = {code: len(pattern.findall(text)) * 3 / letters for code, pattern in _SCRIPTS}
    if shares["ja"] > 0.05:
        shares["zh"] = 0
    words = re.findall(r"[a-zà-ÿ]+", text.lower())
    for code, small in _SMALL.items():
        shares[code] = sum(word in small for word in words) / (len(words) or 1) * 6 * (sum(map(len, words)) / letters)
    return [
        code for share, code in sorted(((share, code) for code, share in shares.items()), reverse=True) if share >= 0.25
    ] or ["en"]


def _which(hit: re.Match[str]) -> str:
    if hit["a"]:
        return _LANGUAGES[hit["a"].lower()]
    return {"中文": "zh", "英文": "en", "국문": "ko", "한국어": "ko", "영문": "en", "영어": "en"}[
        hit["zh"] or hit["ko"]
    ]


if __name__ == "__main__":
    sys.exit(main())
