"""Labels that number a clause: "1.", "1.2", "(a)", "iv.", "Section 3", "第三条", bullets, Markdown headings."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_HAN = {c: i for i, c in enumerate("零一二三四五六七八九十")}

_LABEL = re.compile(
    r"""[ \t\u3000]*(?:
      (?P<hash>\#{1,6})[ \t]+
      | (?P<bullet>[-*+•·▪◦●○‣–—§](?=[ \t\u00a0]+\S))[ \t\u00a0]*
      )?(?:
      (?P<word>(?:section|article|clause|part|annex|schedule|exhibit|attachment|appendix)[ \t]+)
        (?P<wnum>\d{1,2}(?:\.\d{1,2})*|[ivxlc]{1,6}|[a-z])\b
        (?:[ \t]*[.:)\-–—]|(?=[ \t]*$)|(?=[ \t]+[A-Z]))
      | §[ \t]*(?P<para>\d{1,3}(?:\.\d{1,3})*)
      | 第[ \t]*(?P<han>[一二三四五六七八九十百\d]{1,4})[ \t]*[条條章节節款]
      | (?P<dotted>\d{1,3}(?:\.\d{1,3}){1,4})\.?(?![\d%]|[ \t]*(?:million|billion|percent)\b)[):]?
        (?=[ \t\u00a0]|[A-Z\u4e00-\u9fff]|$)
      | (?P<open>[(\[（])[ \t]*(?P<inner>\d{1,2}|[ivxlc]{1,5}|[a-z]{1,2}|[一二三四五六七八九十]{1,3})[ \t]*[)\]）]
      | (?P<num>\d{1,3})[ \t]?(?P<close>[.)、．:])(?![\d])(?=[ \t\u00a0]|[A-Z"“\u4e00-\u9fff]|$)
      | (?P<roman>[ivxlc]{1,5}|[IVXLC]{1,5})(?P<rclose>[.)])(?=[ \t\u00a0]|$)
      | (?P<alpha>[a-zA-Z])(?P<aclose>[.)、])(?=[ \t\u00a0]|[\u4e00-\u9fff"“]|$)
      | (?P<hannum>[一二三四五六七八九十]{1,3})[、.．]
      )?[ \t\u00a0]*""",
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A label as written, its style (which siblings share), its number where it has one, and where the text begins."""

    text: str
    style: str
    value: int | None
    end: int
    level: int | None = None
    """The level of a Markdown heading, or the number of parts of "1.2.3"."""


def read_label(line: str) -> Label | None:
    """The label at the beginning of a line, or None."""
    found = _LABEL.match(line)
    if not found or found.end() == 0 or not found.group().strip():
        return None
    heading = len(found["hash"]) if found["hash"] else None
    style, text, value = _number(found)
    if style is None:
        if heading:
            return Label(text="", style="heading", value=None, end=found.end(), level=heading)
        if found["bullet"]:
            return Label(text="", style="bullet" + found["bullet"], value=None, end=found.end())
        return None
    if style == "dotted":
        return Label(text=text, style=style, value=value, end=found.end(), level=text.count(".") + 1)
    return Label(text=text, style=style, value=value, end=found.end(), level=heading)


def _number(found: re.Match[str]) -> tuple[str | None, str, int | None]:
    """Style, text and value of the number in a matched label; the style is None where there is none."""
    if found["word"]:
        word = found["word"].strip().lower()
        return word, f"{word.capitalize()} {found['wnum']}", _value(found["wnum"].lower())
    if found["para"]:
        return "para", found["para"], _value(found["para"])
    if found["han"]:
        return "han", found["han"], _value(found["han"])
    if found["dotted"]:
        return "dotted", found["dotted"], int(found["dotted"].rsplit(".", 1)[1])
    if found["inner"]:
        return "(" + _kind(found["inner"]), found["inner"], _value(found["inner"].lower())
    if found["num"]:
        return "1" + found["close"].replace("．", "."), found["num"], int(found["num"])
    if found["roman"]:
        return _kind(found["roman"]) + found["rclose"], found["roman"], _value(found["roman"].lower())
    if found["alpha"]:
        return _kind(found["alpha"]) + found["aclose"], found["alpha"], _value(found["alpha"].lower())
    if found["hannum"]:
        return "han、", found["hannum"], _value(found["hannum"])
    return None, "", None


def _kind(number: str) -> str:
    """The series a number belongs to: digits, letters or roman, in lower or upper case, or Han."""
    if number.isdigit():
        return "1"
    if number[0] in _HAN:
        return "han"
    upper = number.isupper()
    roman = all(c in _ROMAN for c in number.lower()) and (len(number) > 1 or number.lower() in "ivx")
    return ("I" if upper else "i") if roman else ("A" if upper else "a")


def _value(number: str) -> int | None:
    if number.isdigit():
        return int(number)
    if number and number[0] in _HAN:
        return _han_value(number)
    if len(number) == 1 and number not in "ivx":
        return ord(number) - ord("a") + 1
    return roman_value(number)


def _han_value(number: str) -> int | None:
    if any(c not in _HAN for c in number):
        return None
    if len(number) == 1:
        return _HAN[number]
    if number[0] == "十":
        return 10 + _HAN[number[1]]
    return 10 * _HAN[number[0]] + (_HAN[number[2]] if len(number) > 2 else 0)


def roman_value(number: str) -> int | None:
    """The value of a small roman number in lower case, or None where it is none."""
    total, last = 0, 0
    for c in reversed(number):
        value = _ROMAN.get(c)
        if value is None:
            return None
        total += value if value >= last else -value
        last = max(last, value)
    return total or None
