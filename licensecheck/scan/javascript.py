"""JavaScript and TypeScript by their lines: calls and settings that hold plain strings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from licensecheck.scan.slot import Kind, Origin, Setting, Slot, normalise

_STRING = r"""(?:"([^"\n]{3,200})"|'([^'\n]{3,200})'|`([^`$\n]{3,200})`)"""
_SETTING = re.compile(
    rf"""["']?([A-Za-z_$][\w$]{{2,40}})["']?\s*(?::|=)\s*(?:[\w.\[\]'"?()]+\s*(?:\|\||\?\?)\s*)?{_STRING}"""
)
_CALL = re.compile(rf"""([A-Za-z_$][\w$.]*)\(\s*(?:["'][\w\-]+["'],\s*)?{_STRING}""")
_MARK = re.compile(r"(?i)model|pretrained|pipeline|embed|ollama|repo|whisper")
_RUNS = re.compile(r"(?i)huggingface/transformers|@xenova|onnx|web-?llm|wllama|gguf|tfjs")
"""What a script has that runs models itself."""
MAX_LINE = 1000


def javascript_slots(text: str, origin: Origin) -> Iterator[Slot]:
    """The slots of a script, which asks a served model where nothing in it says that it runs one.

    A string after a plain first word in a call, as in `pipeline("task", …)`, is its second argument.
    """
    above = origin.above if _RUNS.search(text) else ("curl", *origin.above)
    for number, raw in enumerate(text.splitlines(), origin.line):
        if len(raw) > MAX_LINE or not _MARK.search(raw):
            continue
        setting = Setting.COMMENT if raw.lstrip().startswith(("//", "*", "/*")) else origin.setting
        for found in _SETTING.finditer(raw):
            yield Slot(normalise(found[1]), _string(found, 2), number, setting, above=above)
        for found in _CALL.finditer(raw):
            at = 1 if "," in raw[found.end(1) : found.start(found.lastindex or 1)] else 0
            yield Slot(found[1], _string(found, 2), number, setting, Kind.CALL, origin.above, {}, at)


def _string(found: re.Match[str], first: int) -> str:
    return next(part for part in found.groups()[first - 1 :] if part is not None)
