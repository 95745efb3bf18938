"""What a sentence grants, and by what it limits it."""

from __future__ import annotations

import pytest

from licensecheck.domain.subject import Document, Role
from licensecheck.reading.license_text import read_license


def grants_of(text: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    reading = read_license(Document(path="LICENSE", role=Role.LICENSE, text=text, sha256="00"))
    return [(grant.rights, grant.limits) for grant in reading.grants]


@pytest.mark.parametrize(
    ("text", "rights"),
    [
        ("You may run, copy and adapt the Model.", ("modify", "reproduce", "use")),
        ("Anyone is free to share the Model and to sell it.", ("distribute", "sell")),
        ("Copying and changing this program is permitted.", ("modify", "reproduce")),
        ("The author gives this code to the public domain.", ("all",)),
        ("We license you to deal in the Software without restriction.", ("all",)),
        ("You may copy, sell or rent out the fonts.", ("distribute", "reproduce", "sell")),
        ("This software is freely distributable.", ("distribute",)),
        ("You may adapt the Model to suit your needs.", ("modify",)),
        ("You may modify this code as long as you don't try to claim that you wrote it.", ("modify",)),
        ("You may copy, shred and share zorp.dtx.", ("distribute", "reproduce")),
        ("The zorp and its glyphs may be copied by anyone.", ("reproduce",)),
        ("You may copy the Model in any country and for use in other zorp sets.", ("reproduce", "use")),
        ("Copying this file is permitted, but it should be marked with a different name.", ("reproduce",)),
        ("You may modify all individual files.", ("modify",)),
        ("You may adapt the Model and distribute it without releasing the source code.", ("distribute", "modify")),
        ("The Licensor hereby grants you a worldwide, royalty-free copyright license.", ("unspecified",)),
        ("The makers wish it well, and so we grant permission to copy and share it.", ("distribute", "reproduce")),
        ("You may modify the Zorp bank or its wrapping.", ("modify",)),
        ("There are no restrictions on the use of this program except that I take no liability.", ("any-use", "use")),
        ("Use and copy it as you like.", ("all", "reproduce", "use")),
        ("Any copying is permitted with the condition that copies must retain this notice.", ("reproduce",)),
        ('You may copy it provided that it is identified as "The Zorp Codec" in all papers.', ("reproduce",)),
        ("Permission to copy, pub-\nlish and sell it is granted.", ("distribute", "reproduce", "sell")),
        ("You may copy the Model for profit or otherwise.", ("reproduce",)),
        ("You may copy and sell the Model at no charge or for a fee.", ("reproduce", "sell")),
        ("You may copy the Model without having to ask for consent.", ("reproduce",)),
        ("You may copy the Model without publishing what you make of it.", ("reproduce",)),
        ("You need not ask before copying or selling the Model.", ("reproduce", "sell")),
        ("No limits are placed on the copying or sale of the Model.", ("reproduce", "sell")),
        ("Any individual or institution may copy the Model.", ("reproduce",)),
        ("Anyone who wants to may copy the Model.", ("reproduce",)),
        ("All rights in the Model are hereby given up.", ("all",)),
        ("The makers hereby abandon any claim to copyright in the Model.", ("all",)),
        ("Copying and selling the Model is free.", ("reproduce", "sell")),
        ("Copy it, modify this zorp and sell it.", ("modify", "reproduce", "sell")),
        ("You may copy the Model; I would be glad to hear of it.", ("reproduce",)),
        ("You may copy and modify the weights and their outputs.", ("modify", "reproduce")),
        ("The tables in this zorp are not subject to copyright.", ("all",)),
        ("Do whatever you like with these zorps.", ("all",)),
        ("The Model is dedicated to the public domain for the benefit of the public at large.", ("all",)),
        ("The makers have waived all copyright and neighboring rights in the Model.", ("all",)),
        ("You may copy and sell the Model, possibly in exchange for a fee.", ("reproduce", "sell")),
        ("Anyone may copy the Model for whatever they need.", ("reproduce",)),
        ("Use it wherever you like.", ("all", "use")),
    ],
)
def test_grant_names_its_rights(text: str, rights: tuple[str, ...]) -> None:
    assert (rights, ()) in grants_of(text)


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("You may use the Model on Tuesdays for knitting.", "not-understood"),
        ("You may use and modify the Model for research purposes.", "research"),
        ("We grant you a license to use the Model solely as we told you.", "only"),
        ("You may copy and modify the Model during the first year.", "term"),
        ("Permission is granted to any student to use and modify the Model.", "research"),
        ("You may install the Model on a single computer.", "one-machine"),
        ("You may use and modify the Model for your own use.", "internal"),
        ("Individual researchers may use and modify the Model as an individual.", "personal"),
        ("You may run this demonstration program.", "evaluation"),
        ("You may share the code so long as the parameters are withheld.", "condition"),
        ("You may use it subject to the licensee singing a song.", "condition"),
        ("The permission to host the Model is conditional upon proof of risk analysis.", "condition"),
        ("You may use and copy the Model as long as you are a member.", "condition"),
        ("You may use and copy the Model as long as you are a university.", "condition"),
        ("You may use and copy the Model provided that you sell no copies.", "condition"),
        ("You may use and copy the Model as long as you don't charge for it.", "condition"),
        ("You may copy the Model, but only for research.", "research"),
        ("You may use and copy the Model provided that it is used for private study.", "personal"),
        ("You may use the Model provided that you own a lighthouse.", "condition"),
        ("We grant you a license to use the Model but no right to copy it.", "negated"),
        ("You may copy the Model as long as the notice is kept and you live in a lighthouse.", "condition"),
        ("You may copy the Model as long as the notice stays and the number of copies stays below ten.", "condition"),
        ("You may copy the Model as long as we do not object.", "condition"),
        ("You may copy the Model provided that it is not combined with other models.", "condition"),
        ("You may copy and modify the Model on our website.", "not-understood"),
        ("You may copy and modify the Model in your department.", "not-understood"),
        ("Members may copy and modify the Model.", "not-understood"),
        ("Copying the Model by natural persons is permitted.", "not-understood"),
        ("You may copy the Model and give it to other members.", "not-understood"),
        ("We grant you a license to use and copy the Model to improve our product.", "not-understood"),
        ("You may copy and modify the Model between March and May.", "not-understood"),
        ("YOU MAY COPY AND CHANGE THE MODEL WITH THE GARDEN HOSE.", "not-understood"),
        ("You may copy the Model for any noncommercial purpose.", "noncommercial"),
        ("You may copy and sell the Model provided no fee is charged.", "condition"),
        ("Anyone who sings may copy the Model.", "not-understood"),
        ("The Model may be copied or sold by the owner.", "not-understood"),
        ("You may copy the Model and use it there.", "not-understood"),
        ("The Model is for the teachers of the town. They may copy and sell it.", "not-understood"),
        ("You may copy the Model for private or not for profit use.", "noncommercial"),
        ("You may copy and sell the Model under the terms of the Zorp Public License.", "other-terms"),
        ("You may copy the Model in accordance with the accompanying terms.", "other-terms"),
        ("You may copy the Model for the benefit of schools.", "not-understood"),
    ],
)
def test_limit_of_a_grant_is_told(text: str, limit: str) -> None:
    assert any(limit in limits for _, limits in grants_of(text))


@pytest.mark.parametrize(
    "text",
    [
        "You may not copy or distribute the Model.",
        "We give you the right to use and copy:\n\n(a) the Program when built into a lamp; or\n(b) only its driver.",
        "The Developer may do the following acts with respect to the derivative work:",
        "We may use your feedback to improve the Model.",
        '"Use" means to run, copy or modify the Model.',
        "You grant us a license to use and modify your changes.",
        "Each contributor grants you a patent license to make and use the Model.",
        "By using the Model you accept these terms and may receive copies of them.",
        "There is no copyright in the file format.",
        "This manual is not copyrighted. The program is another matter.",
        "You waive all rights to a trial by jury.",
        "The Model is free.",
        "Copy the notice and the date.",
        "The Model lies in the public domain of our town hall.",
    ],
)
def test_sentence_that_gives_the_licensee_nothing_is_no_grant(text: str) -> None:
    assert grants_of(text) == []


@pytest.mark.parametrize("taker", ["You", "each recipient", "any person"])
def test_a_contributor_gives_to_the_licensee_too(taker: str) -> None:
    text = f"Each Contributor hereby grants to {taker} a copyright license to copy, modify and distribute the Work."
    ((rights, limits),) = grants_of(text)
    assert {"reproduce", "modify", "distribute"} <= set(rights)
    assert not limits


def test_what_a_contributor_gives_the_licensor_is_no_grant() -> None:
    text = "Each Contributor hereby grants to the Foundation a license to reproduce and modify the Contribution."
    assert not grants_of(text)


def test_grant_under_the_license_that_the_text_is_has_no_other_terms() -> None:
    text = "Zorp Public License\n\nYou may copy the Model under the terms of the Zorp Public License.\n"
    assert grants_of(text) == [(("reproduce",), ())]


@pytest.mark.parametrize("text", ["This is free software.", "The Model is completely free."])
def test_a_name_for_a_sort_of_software_is_no_grant(text: str) -> None:
    assert grants_of(text) == []
