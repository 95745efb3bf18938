"""Which syntax a text without a name is in, and whether it may hold a model at all."""

from __future__ import annotations

import re

HINT = re.compile(
    r"(?i)model|hugging|\bhf|://|ollama|vllm|repo|checkpoint|tokeni[sz]er|adapter|lora|pretrained|storage|preset|\bkit\b|"
    r"pull|serve|download|transformer|encoder|\bFROM\b|encod|embed|rerank"
)
"""What a text inside another must have before it is taken apart."""
_PYTHON = re.compile(r"^\s*(?:from\s+[\w.]+\s+import|import\s+\w|def\s|class\s|@\w|\w[\w.]*\s*=\s*\S|\w[\w.]*\()", re.M)
_YAML = re.compile(r"\s*(?:#[^\n]*\n\s*)*(?:-\s+)?[\w.\-/\"']+:(?:\s|$)|---")
_HTTP = re.compile(r"(?:[A-Z]{3,7} https?://|curl )")


def sniff(text: str) -> str:
    """The syntax that a text without a name most looks like."""
    start = text.lstrip()
    if start.startswith(("{", "[")):
        return "json"
    if start.startswith("#!"):
        return "python" if "python" in start.split("\n", 1)[0] else "shell"
    if start.startswith("FROM "):
        return "dockerfile" if "\nRUN " in text or "\nCOPY " in text else "modelfile"
    if _HTTP.match(start):
        return "shell"
    if _YAML.match(text):
        return "yaml"
    return "python" if _PYTHON.match(start) and not start.startswith("export ") and "(" in text else "shell"
