"""The clause tree: labels, lead-ins, and offsets that hold for the file as given."""

from __future__ import annotations

import pytest

from licensecheck.text.clause_tree import ClauseTree, Sentence
from licensecheck.text.clauses import parse_clauses

NESTED = """2. Limits. You may not use the Model:

(a) to break the law, including:

    (i) by theft;

    (ii) by fraud; or

(b) for warfare.

3. Law. The law of Norway applies.
"""


def sentence(tree: ClauseTree, words: str) -> Sentence:
    """The smallest sentence that holds these words."""
    found = [s for s in tree.sentences if words in tree.text[s.start : s.end]]
    return min(found, key=lambda s: s.end - s.start)


def lead_ins(tree: ClauseTree, words: str) -> list[str]:
    return [tree.text[a:b] for a, b in sentence(tree, words).clause.lead_ins()]


def test_an_item_knows_the_words_that_lead_into_it() -> None:
    tree = parse_clauses(NESTED)
    assert lead_ins(tree, "warfare") == ["You may not use the Model:"]


def test_a_nested_item_knows_all_of_its_lead_ins_outermost_first() -> None:
    tree = parse_clauses(NESTED)
    assert lead_ins(tree, "fraud") == ["You may not use the Model:", "to break the law, including:"]


def test_a_section_is_cited_by_the_labels_above_it() -> None:
    tree = parse_clauses(NESTED)
    assert sentence(tree, "fraud").clause.section == "2.a.ii"
    assert sentence(tree, "Norway").clause.section == "3"


def test_a_paragraph_after_a_list_has_no_lead_in() -> None:
    tree = parse_clauses("You may not:\n\n- lend it\n- sell it\n\nThis license is governed by the law of Peru.\n")
    assert lead_ins(tree, "Peru") == []


def test_items_within_a_sentence_are_items_too() -> None:
    tree = parse_clauses("You shall (i) keep this notice; (ii) name the author; and (iii) state changes.")
    assert lead_ins(tree, "name the author") == ["You shall"]


def test_items_that_end_in_a_comma_are_parted_where_their_letters_go_on() -> None:
    tree = parse_clauses("No rights are given to:\na) ministries,\nb) police, and\nc) courts.\n")
    assert lead_ins(tree, "police") == ["No rights are given to:"]


def test_a_line_that_ends_in_a_small_word_goes_on_whatever_its_width() -> None:
    wide = "Words that fill a line of a file that is broken by hand at a fixed width of columns.\n" * 20
    tree = parse_clauses(wide + "\nYou may not modify this\nLicense or bar others.\n")
    assert "License" in tree.text[sentence(tree, "modify").start : sentence(tree, "modify").end]


def test_a_version_number_that_a_full_line_pushed_down_starts_no_section() -> None:
    wide = "Words that fill a line of a file that is broken at sixty col\n" * 9
    tree = parse_clauses(wide + "\nYou agree that you will not use the model of the series X\n3.1 to:\n* harm people\n")
    assert lead_ins(tree, "harm") == ["You agree that you will not use the model of the series X\n3.1 to:"]


def test_chinese_lines_are_measured_in_columns() -> None:
    latin = "Words that fill a line of a file that is broken at sixty col\n" * 9
    tree = parse_clauses(
        latin + "\n您不得将本模型用于任何军事用途或者用于制造任何武器或者用于\n危害社会公共利益的行为。\n"
    )
    assert "公共利益" in tree.text[sentence(tree, "军事").start : sentence(tree, "军事").end]


def test_capitals_broken_early_go_on() -> None:
    text = "IN NO EVENT AND UNDER NO THEORY OF LAW WILL ANY HOLDER OR ANY AUTHOR\nOF\nTHE WORK BE LIABLE TO YOU.\n"
    tree = parse_clauses("Words that fill a line of a file that is broken at seventy-two columns.\n" * 9 + "\n" + text)
    assert "LIABLE" in tree.text[sentence(tree, "NO EVENT").start : sentence(tree, "NO EVENT").end]


def test_a_markdown_heading_ends_with_its_line() -> None:
    wide = "Words that fill a line of a file that is broken at sixty col\n" * 9
    tree = parse_clauses(
        wide + "\n### 6. Reservation of Rights and Feedback and Derivative Works\nThe Model is ours.\n"
    )
    assert sentence(tree, "is ours").clause.heading.startswith("Reservation") is False


def test_a_number_goes_on_from_the_list_of_its_own_depth() -> None:
    tree = parse_clauses("1. One thing.\n2. Another:\n    1. first;\n    2. second.\n3. A third thing.\n")
    assert sentence(tree, "third").clause.section == "3"


def test_emphasis_is_no_indentation() -> None:
    tree = parse_clauses("You may not:\n\n1. harm;\n\n2. cheat.\n\n**These terms may change.**\n")
    assert sentence(tree, "change").clause.section is None


def test_a_reference_to_a_clause_starts_no_item() -> None:
    tree = parse_clauses("The rights in Section 1(a) and Section 1(b) end when you breach Section 2(a).")
    assert len(tree.sentences) == 1


def test_the_letter_i_after_h_is_no_roman_number() -> None:
    items = "".join(f"{c}. point {c * 3}.\n" for c in "abcdefghij")
    tree = parse_clauses("1. List.\n" + items)
    assert sentence(tree, "jjj").clause.section == "1.j"


def test_a_list_after_a_colon_begins_anew_below_an_older_list() -> None:
    tree = parse_clauses("1. First.\n\n2. Second.\n\nYou must not use it:\n\n1. for war;\n\n2. for crime.\n")
    assert lead_ins(tree, "crime") == ["You must not use it:"]


def test_a_list_that_begins_anew_after_a_colon_stands_below_the_number_above_it() -> None:
    tree = parse_clauses("1. Name the author.\n\n2. You must not use it to:\n\n1. War\n\n i. wage war;\n\n2. Crime\n")
    assert lead_ins(tree, "wage war") == ["You must not use it to:"]
    assert sentence(tree, "Crime").clause.section == "2.2"


def test_a_second_list_of_bullets_knows_its_own_lead_in_alone() -> None:
    tree = parse_clauses("You may:\n\n- read it\n- change it\n\nYou may not:\n\n- lend it\n- sell it\n")
    assert lead_ins(tree, "change it") == ["You may:"]
    assert lead_ins(tree, "sell it") == ["You may not:"]


def test_a_numbered_section_ends_the_list_of_bullets_above_it() -> None:
    tree = parse_clauses("You may not:\n\n- lend it\n- sell it\n\n1. Changes\n\nYou may change it.\n")
    assert sentence(tree, "Changes").clause.lead_ins() == []


def test_a_number_after_a_quotation_mark_ends_no_sentence() -> None:
    tree = parse_clauses("Uses listed in “3. Restrictions” end the license.\n")
    assert tree.text[tree.sentences[-1].start :].startswith("Uses listed")


def test_a_definition_names_what_it_defines() -> None:
    tree = parse_clauses('1. "Distribution" means giving a copy to somebody.\n')
    assert sentence(tree, "giving").clause.defines == "Distribution"


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("windows line ends", lambda t: t.replace("\n", "\r\n")),
        ("a byte order mark", lambda t: "\ufeff" + t),
        ("markdown emphasis", lambda t: t.replace("warfare", "**warfare**").replace("theft", "_theft_")),
        ("html", lambda t: "<html><body>" + "".join(f"<p>{p}</p>" for p in t.split("\n\n")) + "</body></html>"),
        ("a comment box", lambda t: "".join(f" * {line}\n" for line in t.splitlines())),
        (
            "a box around one section",
            lambda t: "Words before the box.\n" * 40 + "".join(f"*  {line:90} *\n" for line in t.splitlines()),
        ),
        ("narrow lines", lambda t: t.replace("You may not use the Model:", "You may not\nuse the Model:")),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_layout_changes_neither_words_nor_offsets(name: str, change: object) -> None:
    text = change(NESTED)  # type: ignore[operator]  # parametrised with functions of str
    tree = parse_clauses(text)
    assert len(tree.masked) == len(text)
    found = sentence(tree, "warfare")
    assert "warfare" in text[found.start : found.end]
    assert [" ".join(lead.replace("*", "").split()) for lead in lead_ins(tree, "warfare")] == [
        "You may not use the Model:"
    ]


@pytest.mark.parametrize("text", ["", " \n\n ", "\ufeff", "((((((", "1.\n2.\n3.", "a" * 5000, "(i)" * 400, "- " * 3000])
def test_odd_texts_are_taken_apart_without_a_fault(text: str) -> None:
    assert all(s.start < s.end <= len(text) for s in parse_clauses(text).sentences)


def leads_of(text: str, words: str) -> list[str]:
    """What leads into the sentence that begins with these words."""
    tree = parse_clauses(text)
    (sentence,) = [s for s in tree.sentences if tree.masked.startswith(words, s.start)]
    return [tree.masked[start:end] for start, end in sentence.clause.lead_ins()]


def test_lead_that_points_back_takes_the_sentence_before_it_along() -> None:
    text = "1. Do not harm anybody. This includes making content that:\n   1. Mocks a village.\n   2. Insults a town.\n"
    assert leads_of(text, "Mocks") == ["Do not harm anybody. This includes making content that:"]


def test_lead_with_an_order_of_its_own_stands_alone() -> None:
    text = "1. We ask for fair use. For example, you may not:\n   1. Copy the Services.\n   2. Sell the Services.\n"
    assert leads_of(text, "Copy") == ["For example, you may not:"]


def test_sentence_that_breaks_off_before_its_items_leads_into_them() -> None:
    text = (
        "1. You agree not to use, or let others use, any of the models\n(a) to mock a village;\n(b) to jeer a town.\n"
    )
    assert leads_of(text, "to mock")[0].endswith("or let others use, any of the models")


def test_stars_before_most_lines_are_bullets_where_no_comment_is_opened() -> None:
    text = "Banned uses:\n" + "".join(f"* using the model for item {n}\n" for n in range(9))
    assert len([s for s in parse_clauses(text).sentences if s.clause.is_item]) == 9


def test_attachment_closes_the_numbering_before_it() -> None:
    text = (
        "1. Term. The term begins today.\n2. End. It ends at will.\n\nAttachment A – Use Restrictions\n1. Do no harm.\n"
    )
    (sentence,) = [s for s in parse_clauses(text).sentences if s.clause.section == "Attachment A.1"]
    assert "Use Restrictions" in sentence.clause.headings


def test_date_under_the_title_is_no_heading() -> None:
    text = "Zorp Prohibited Use Policy\n\nLast Modified: 1 May 2026\n\nDo no harm to anybody with the model.\n"
    (sentence,) = [s for s in parse_clauses(text).sentences if parse_clauses(text).masked.startswith("Do no", s.start)]
    assert sentence.clause.headings == ["Zorp Prohibited Use Policy"]


def test_list_that_a_sentence_before_the_last_announces_has_that_lead() -> None:
    text = (
        "You must not use the model for any of the following activities. The list is not complete.\n\n"
        "- Making bombs.\n- Spying.\n"
    )
    assert leads_of(text, "Making")[0].startswith("You must not use the model")


def test_short_line_without_an_end_mark_leads_into_bullets() -> None:
    assert leads_of("What you can't do with it\n\n- bully people\n- spy\n", "bully") == ["What you can't do with it"]


def test_title_that_ends_like_a_sentence_heads_its_bullets_and_no_further_paragraph() -> None:
    text = "Restrictions (Banned Uses).\n- Bombs here.\n- Spying there.\n\nCredit. Name us wherever you show results.\n"
    headings = {s.clause.start: s.clause.headings for s in parse_clauses(text).sentences}
    assert headings[text.index("Bombs")][-1] == "Restrictions (Banned Uses)."
    assert headings[text.index("Credit")] == ["Credit"]


def test_rows_of_a_table_are_no_box() -> None:
    text = "| Use | Allowed |\n| --- | --- |\n| One | yes |\n| Two | no |\n| Three | no |\n"
    assert "| Two | no |" in parse_clauses(text).masked


def test_short_defined_name_at_the_beginning_defines() -> None:
    (sentence, *_) = parse_clauses('"Limit" means a revenue of USD 3,000 in a year.').sentences
    assert sentence.clause.defines == "Limit"


def test_items_of_an_attachment_without_numbers_are_counted() -> None:
    text = "1. Term. It begins.\n\nAttachment A\n\nUse Restrictions\n\nYou agree not to:\n\n- do harm;\n- send spam.\n"
    sections = {text[s.start : s.end]: s.clause.section for s in parse_clauses(text).sentences}
    assert sections["send spam."] == "Attachment A.2"


@pytest.mark.parametrize("join", [" ", "\n", "\n\n"])
def test_items_that_count_on_after_a_new_lead_in_have_that_one_alone(join: str) -> None:
    text = (
        join.join(("You may:", "(a) run it;", "(b) copy it.", "You may not:", "(c) change it;", "(d) sell it.")) + "\n"
    )
    leads = {
        text[s.start : s.end]: [text[slice(*lead)] for lead in s.clause.lead_ins()]
        for s in parse_clauses(text).sentences
    }
    assert leads["run it;"] == ["You may:"]
    assert leads["change it;"] == leads["sell it."] == ["You may not:"]


GROUPED = """You agree NOT to:
Against others
- Mock anyone
Against the servers
- Flood the queue
Data handling
We keep records for a week.
"""


def test_a_lead_in_reaches_the_lists_below_the_headings_that_follow_it() -> None:
    tree = parse_clauses(GROUPED)
    assert lead_ins(tree, "Mock") == lead_ins(tree, "Flood") == ["You agree NOT to:"]
    assert lead_ins(tree, "records") == []


def test_a_numbered_part_is_no_group_of_the_list_before_it() -> None:
    tree = parse_clauses("Therefore the parties agree as follows:\nGrant of Rights\n1. You may run it.\n")
    assert lead_ins(tree, "run it") == []


TWO_LISTS = """Allowed uses
We welcome these:
- Reading aloud
Banned uses
The following uses are banned when you run our tools:
- Forged letters
- Mocking voices
"""


def test_a_heading_without_a_blank_line_closes_the_list_above_it() -> None:
    tree = parse_clauses(TWO_LISTS)
    assert lead_ins(tree, "Forged") == ["The following uses are banned when you run our tools:"]
    headings = sentence(tree, "Forged").clause.headings
    assert headings.index("Banned uses") < headings.index("Allowed uses")


def test_a_lead_in_below_an_item_opens_a_list_of_its_own() -> None:
    tree = parse_clauses("You may use it for:\n- songs\nYou may not use it for:\n- letters\n")
    assert lead_ins(tree, "letters") == ["You may not use it for:"]


def test_short_lines_in_a_row_below_a_lead_in_are_items_and_no_headings() -> None:
    tree = parse_clauses("You may not use it for:\nWeapons Development\nTrade Wars\nWe keep the right to sue.\n")
    assert lead_ins(tree, "Weapons") == ["You may not use it for:"]


def test_a_capital_below_a_bullet_with_room_begins_a_line_of_its_own() -> None:
    wide = "Zorp keeps this policy short, so that everybody who runs the model can read it in full.\n"
    text = (
        wide * 3 + "You may not:\n- scrape the pages of this service with any tool there is\nAgainst people\n- mock\n"
    )
    assert not any("there is\nAgainst" in text[s.start : s.end] for s in parse_clauses(text).sentences)


NUMBERED_ALIKE = """1. Definitions

1. "Work" means the model.
2. "You" means who uses it.

2. Sharing. You may share the Work, provided that:

1. you hand on a copy of this text;
2. you keep its notices.

3. Outputs. Zorp claims no rights in what the Work puts out.
"""


@pytest.mark.parametrize(
    ("words", "section"),
    [("means who uses it", "1.2"), ("You may share", "2"), ("keep its notices", "2.2"), ("claims no rights", "3")],
)
def test_sections_and_items_numbered_alike_are_told_apart_by_their_headings(words: str, section: str) -> None:
    assert sentence(parse_clauses(NUMBERED_ALIKE), words).clause.section == section


def test_what_follows_a_list_numbered_as_its_section_is_not_led_in_by_it() -> None:
    assert lead_ins(parse_clauses(NUMBERED_ALIKE), "claims no rights") == []


def test_a_sentence_less_indented_than_the_items_before_it_is_no_item() -> None:
    text = "You must not use the model:\n\n    for betting; or\n    for spying.\n\nZorp keeps the right to stop it.\n"
    assert lead_ins(parse_clauses(text), "for betting") == ["You must not use the model:"]
    assert lead_ins(parse_clauses(text), "keeps the right") == []
