"""Finding personal data: what is found in six languages, what is not taken for it, and that nothing breaks the search."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pollapp.words import MARK, Finding, black_out, clean, find_personal, find_words

NAMES = (
    "Anna Schmidt", "José", "Zoë", "Иванов", "Анна", "B-Tech", "AT&T", "O'Brien", "张伟", "李", "محمد", "فاطمة",
    "דוד", "Γιάννης", "김철수", "Telefónica",
)  # fmt: skip

SEED = """To build my network, to get resources and best practices and to learn from others experiences and expertise
How to incorporate human rights principles into tech policies and workflow streams.
I am interested in learning practical approaches to conduct human rights due diligence downstream for a tech companies.
To learn about B-Tech's priorities for the year
Discussion of what remedy means in digital tech space. Remediation is often prospective vs. classic reparation...
Hope to network and learn from peers and SMEs
Where do we start when trying to devise corporate human rights policy? (would love to hear from best and worst cases)
Peer Learning Platform (PLP): Session #1 – 8 February 2023
2011: The Council endorsed the Guiding Principles in Resolution 17/4
Since 2021, 13 multinational tech companies; March 15: HRDD & End Use (DSA, etc)
B-Tech Project, UNGPs 17/4 2023 45%"""


def find_one(text: str, names: tuple[str, ...] = ()) -> tuple[Finding, ...]:
    return find_personal([text], names)[0]


def found(text: str, names: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    return [(each.kind, text[each.start : each.end]) for each in find_one(text, names)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # English
        ("Mail anna.s+polls@mail.example.org, please.", [("email", "anna.s+polls@mail.example.org")]),
        ("(212) 555-0143 or 212-555-0143", [("phone", "(212) 555-0143"), ("phone", "212-555-0143")]),
        ("Ring 020 7946 0958!", [("phone", "020 7946 0958")]),
        ("+1 212 555 0143", [("phone", "+1 212 555 0143")]),
        ("See https://example.org/a?b=c.", [("url", "https://example.org/a?b=c")]),
        ("as on www.example.org/x and example.com,", [("url", "www.example.org/x"), ("url", "example.com")]),
        ("ask @anna_s", [("handle", "@anna_s")]),
        # French
        ("Écrivez à José.Müller@exemple.fr", [("email", "José.Müller@exemple.fr")]),
        ("Mon numéro : 06 12 34 56 78.", [("phone", "06 12 34 56 78")]),
        ("ou 06.12.34.56.78", [("phone", "06.12.34.56.78")]),
        ("06 12 34 56 78 / 06 98 76 54 32", [("phone", "06 12 34 56 78"), ("phone", "06 98 76 54 32")]),
        ("0612345678 0698765432", [("phone", "0612345678"), ("phone", "0698765432")]),
        # Spanish
        ("Llámame al 612 34 56 78", [("phone", "612 34 56 78")]),
        ("+52 55 1234 5678", [("phone", "+52 55 1234 5678")]),
        # Arabic
        ("اتصل بي على ٠١٠ ١٢٣٤ ٥٦٧٨ شكرا", [("phone", "٠١٠ ١٢٣٤ ٥٦٧٨")]),
        ("هاتفي +٤١٧٩١٢٣٤٥٦٧", [("phone", "+٤١٧٩١٢٣٤٥٦٧")]),
        ("راسلني anna@example.org", [("email", "anna@example.org")]),
        # Russian
        ("Телефон 8 912 345-67-89", [("phone", "8 912 345-67-89")]),
        ("пишите на иван@пример.рф", [("email", "иван@пример.рф")]),
        ("сайт пример.рф", [("url", "пример.рф")]),
        # Chinese
        ("手机13812345678给我", [("phone", "13812345678")]),
        ("联系我anna@example.org谢谢", [("email", "anna@example.org")]),
        ("ａｎｎａ＠ｅｘａｍｐｌｅ．ｏｒｇ", [("email", "ａｎｎａ＠ｅｘａｍｐｌｅ．ｏｒｇ")]),
        ("张伟@例子.中国", [("email", "张伟@例子.中国")]),
        # and elsewhere
        ("12 34 56 78", [("phone", "12 34 56 78")]),
        ("0041 44 668 18 00", [("phone", "0041 44 668 18 00")]),
        ("@anna@mastodon.social", [("email", "@anna@mastodon.social")]),
        ("ftp://files.example/x", [("url", "ftp://files.example/x")]),
    ],
)
def test_contacts_are_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2023-02-08", "15.03.2023", "٢٠٢٣/١٢/٠١", "2019-2023", "2021 2022 2023", "9:30-10:15 2023/24", "17/4 2023 45%",
        "10 000 000 people", "1,000,000", "€ 250 000 000", "3.14159265", "12345678", "GDPR 2016/679", "192.168.1.100", "1 2 3 4 5 6 7 8 9 10", "1. 2. 3. 4. 5. 6. 7.",
        "meet @ 10", "50%@", "done.It works", "networking.In my view", "U.S. companies, e.g. this", "node.js v1.2.3",
        "B-Tech", "PLP", "HRDD/ERM", "Q&A", "etc.)", "100 %", "...", "@", "//",
    ],
)  # fmt: skip
def test_ordinary_writing_is_not_taken_for_contacts(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", SEED.splitlines())
def test_real_answers_are_not_flagged(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ANNA  SCHMIDT's idea, Anna-Schmidt", ["ANNA  SCHMIDT", "Anna-Schmidt"]),
        ("Anna Schmidts Idee", ["Anna Schmidts"]),
        ("jose, José's and JOSE\u0301", ["jose", "José", "JOSE\u0301"]),
        ("Ｚｏë said, zoe’s", ["Ｚｏë", "zoe"]),
        ("at&t’s, b tech, BTech", ["at&t", "b tech", "BTech"]),
        ("o’brien", ["o’brien"]),
        ("l'idée de Telefonica", ["Telefonica"]),
        ("Иванова сказала Ивановым", ["Иванова", "Ивановым"]),
        ("у Анны с Анной", ["Анны", "Анной"]),
        ("我认识张伟吗，李先生", ["张伟", "李"]),
        ("我認識張偉嗎", ["張偉"]),
        ("قال محمد لمحمد ومُحَمَّد", ["محمد", "محمد", "مُحَمَّد"]),
        ("فاطمه وفاطمة", ["فاطمه", "فاطمة"]),
        ("לדוד ולדוד", ["דוד", "דוד"]),
        ("του Γιάννη, ΓΙΑΝΝΗΣ", ["Γιάννη", "ΓΙΑΝΝΗΣ"]),
        ("김철수가 말했다", ["김철수가"]),
        ("annabel schmidtke, Josephine, Ананас, метаанна, hotelefonica", []),
    ],
)
def test_names_of_the_list_are_found_in_every_script(text: str, expected: list[str]) -> None:
    assert found(text, NAMES) == [("name", each) for each in expected]


def test_overlapping_findings_become_one_that_leaves_nothing_of_either() -> None:
    assert found("Anna schmidt.com", ("Anna Schmidt",)) == [("url", "Anna schmidt.com")]


def test_a_mark_of_one_length_stands_for_what_was_found() -> None:
    text = "Ask anna@example.org or call +41 79 123 45 67!"
    assert black_out(text, find_one(text)) == f"Ask {MARK} or call {MARK}!"
    assert black_out("日本", ()) == "日本"


def test_words_a_reader_picks_are_found_as_words_or_else_anywhere() -> None:
    assert black_out("Art by Artem, art", find_words("Art by Artem, art", ["art", " "])) == f"{MARK} by Artem, {MARK}"
    assert black_out("Artem", find_words("Artem", ["rte"])) == f"A{MARK}m"
    assert find_words("Artem", ["nobody"]) == ()


written = st.text(max_size=60) | st.text(
    alphabet="aZé@._-+/:() 0123456789٠١٢٣٤٥٦٧٨٩０９＠．wwwhttps张伟李محمدАнна\u0301\u200d'’sß", max_size=60
)


@settings(deadline=None)  # a busy machine is no failure
@given(written, st.lists(st.text(max_size=12), max_size=6))
@example("İİ", ["i"])
@example("ﬃﬃ", ["f"])
@example("e\u0301\u0301x", ["e"])
@example("ß", ["s"])
def test_the_search_never_fails_and_its_places_are_in_the_text_in_order(text: str, names: list[str]) -> None:
    findings = find_one(text, tuple(names))
    ends = [0]
    for each in findings:
        assert ends[-1] <= each.start < each.end <= len(text)
        ends.append(each.end)
    assert black_out(text, findings).count(MARK) >= len(findings)
    find_words(text, names)


@settings(deadline=None)
@given(st.text(alphabet="0123456789+-/(). ", max_size=40))
def test_numbers_of_any_form_can_be_looked_at(text: str) -> None:
    find_one(text)


@settings(deadline=None)
@given(st.sampled_from(NAMES), st.text(max_size=10), st.text(max_size=10))
def test_a_name_that_stands_alone_is_always_found(name: str, before: str, after: str) -> None:
    text = clean(f"{before} , {name} , {after}")
    start = text.find(clean(name))
    covered = {place for each in find_one(text, NAMES) for place in range(each.start, each.end)}
    assert set(range(start, start + len(clean(name)))) <= covered
