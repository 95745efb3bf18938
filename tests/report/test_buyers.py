"""What a buyer asks first stands at the top of a comparison."""

from __future__ import annotations

from licensecheck import Checker
from licensecheck.report.compare_formats import render_text


def test_the_first_rows_say_what_may_be_done_and_at_what_price() -> None:
    matrix = Checker().compare(["llama-4", "cc-by-nc-4.0", "apache-2.0"])
    answers = dict(matrix.answers)
    llama, creative, apache = answers["Commercial use"]
    assert llama.startswith("if below the size limits: ")
    assert "700,000,000" in llama
    assert creative.startswith("no: ")
    assert apache.startswith("yes")
    assert "“Built with Llama”" in answers["Credit and notices"][0]
    assert render_text(matrix).index("What a buyer asks first") < render_text(matrix).index("What you may do")
