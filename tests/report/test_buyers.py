"""What a buyer asks first stands at the top of a comparison."""

from __future__ import annotations

from licensecheck import Checker
from licensecheck.domain.profile import Deployment, Profile
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


def test_answers_come_from_the_rights_that_are_granted() -> None:
    answers = dict(Checker().compare(["cc-by-nd-4.0", "apache-2.0", "flux-1-dev-nc-1.1.1"]).answers)
    assert answers["Fine-tune it"][0].startswith("no: ")
    assert answers["Release what is made from it"][0].startswith("no: ")
    assert answers["Fine-tune it"][1] == "yes [2]"
    assert answers["Commercial use"][2].startswith("no: ")


def test_a_license_that_refuses_commercial_use_says_so_in_every_row() -> None:
    answers = dict(Checker().compare(["cc-by-nc-4.0", "apache-2.0"]).answers)
    assert answers["Offer it as a hosted service"][0].startswith("not commercially; otherwise yes")
    assert answers["Fine-tune it"][0].startswith("not commercially; otherwise yes")
    assert answers["Fine-tune it"][1] == "yes [2]"


def test_a_credit_line_beyond_a_size_does_not_end_commercial_use() -> None:
    answers = dict(Checker().compare(["kimi-modified-mit-2025", "llama-4"]).answers)
    assert answers["Commercial use"][0].startswith("yes; beyond a size: > 100,000,000 ")
    assert answers["Commercial use"][1].startswith("if below the size limits: ")


def test_limits_say_what_follows_in_words() -> None:
    (limit, _) = dict(Checker().compare(["llama-4", "mit"]).answers)["Size limits and what follows"]
    assert "a separate license is needed" in limit


def test_each_further_profile_adds_a_row_of_verdicts() -> None:
    product = Profile(deployment=Deployment(product="Gull", purpose="commercial", channels=("product",)))
    study = Profile(deployment=Deployment(product="Study", purpose="research", channels=("internal",)))
    matrix = Checker().compare(["cc-by-nc-4.0", "mit"], profile=product, others=[study])
    assert [name for name, _ in matrix.verdicts] == ["Gull", "Study"]
    assert matrix.verdicts[0][1][0].startswith("Denied")
    assert not matrix.verdicts[1][1][0].startswith("Denied")
    assert "Verdict for Study" in render_text(matrix)
