"""The text of a PDF file, taken out in a process of its own: the library that does it can be stalled by its input."""

from __future__ import annotations

import importlib.util
import subprocess
import sys

from licensecheck.errors import TextError
from licensecheck.place import Place

MAX_SECONDS = 60
"""How long the text of one file may take; real licenses take a few seconds."""
REFUSED = 3
"""Exit status of the process where its output is the reason why there is no text."""
_RUN = "import sys; sys.path[:] = {path!r}; from licensecheck.text.pdf_process import main; main()"


def pdf_text(data: bytes, path: str) -> str:
    """The text of all pages; TextError where the file is locked, faulty, too large or takes too long."""
    if importlib.util.find_spec("pypdf") is None:
        raise _fault("is a PDF file; to read it install the extra: pip install 'model-licensecheck[pdf]'", path)
    command = [sys.executable, "-c", _RUN.format(path=sys.path)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, check=False, timeout=MAX_SECONDS)
    except subprocess.TimeoutExpired:
        raise _fault(f"is a PDF whose text takes more than {MAX_SECONDS} seconds to take out", path) from None
    text = done.stdout.decode("utf-8", "surrogatepass")
    if done.returncode == REFUSED:
        raise _fault(text, path)
    if done.returncode:
        raise _fault("is a PDF that cannot be read (it takes down what reads it)", path)
    return text


def _fault(message: str, path: str) -> TextError:
    return TextError(message, Place(path=path))
