"""Offensive words: found in six languages however they are disguised, plain speech left alone, masks as long as the word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pollapp.words import clean, offensive

OWN = ("Voldemort", "Project X", "Путин", "张伟", "محمد")


def masked(text: str, language: str = "en", own: tuple[str, ...] = ()) -> str:
    return offensive.mask(text, offensive.offensive_finder(language, own)(text))


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "What a shitty day", "What a ****** day"),
        ("en", "FUCKS given", "***** given"),
        ("en", "a mother-fucker!", "a mother-******!"),
        ("en", "fück", "****"),
        ("en", "ｆｕｃｋ", "****"),
        ("en", "f.u.c.k off", "******* off"),
        ("en", "f u c k and sh1t", "* * * * and ****"),
        ("en", "fuuuuck", "*******"),
        ("en", "f*ck", "****"),
        ("fr", "les putes et les connards", "les ***** et les ********"),
        ("fr", "Va te faire, encule !", "Va te faire, ****** !"),
        ("fr", "fils de pute", "**** ** ****"),
        ("es", "¡Hijo de puta!", "¡**** ** ****!"),
        ("es", "cabron, coño y mierdas", "******, **** y *******"),
        ("ru", "Какой пиздец, говна кусок", "Какой ******, ***** кусок"),
        ("ru", "ЁБ ТВОЮ МАТЬ", "** **** ****"),
        ("ar", "يا شرموطه", "يا ******"),
        ("ar", "الشرموطة", "********"),
        ("ar", "طِيز", "***"),
        ("zh", "你他妈的傻逼", "你*****"),
        ("zh", "他媽的", "***"),
        ("zh", "這個混蛋", "這個**"),
        ("de", "So eine fucking Frage", "So eine ******* Frage"),
        ("en", "блядь and 王八蛋", "***** and ***"),
    ],
)
def test_offensive_words_are_masked_letter_by_letter(language: str, text: str, expected: str) -> None:
    assert masked(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Scunthorpe, Penistone, Sussex, Essex and Lightwater"),
        ("en", "assess the class, pass the bass, analysis of a cocktail, therapist, grape, arsenal"),
        ("en", "rape as a weapon of war; sexual violence; sex and gender; gay sex is a crime there"),
        ("en", "Nazis and neonazis, nudity, nipples, how to kill a process"),
        ("en", "e.g. the U.N., B-Tech, COP30, G20, CO2, a.s.a.p., and/or, 1,000 women's rights"),
        ("en", "write to sue@example.org or look at https://example.org/assets"),
        ("fr", "en retard, une veuve, la pédale, le cul-de-sac, l'égalité, un concours"),
        ("es", "Cono Sur, reputación, disputa, vehículo, racista, negro, drogas, infierno"),
        ("ru", "потребности, дебаты, колебания, ребёнок, мандат, учебный, употребляться, небо, страхуй, сукно"),
        ("ru", "какая разница; права человека; скипидар"),
        ("ar", "حقوق الإنسان، سرطان الثدي، شعر عربي، الجنس، مرات، الاغتصاب، واقف، مكسب"),
        ("zh", "可持续性 成人教育 月经贫困 强奸 你妈妈好 今日你好 13点开会 逼迫 操作系统 刚度 人权尽职调查"),
        ("zh", "永續性 成人教育 月經貧困"),
    ],
)
def test_plain_speech_is_left_alone(language: str, text: str) -> None:
    assert masked(text, language) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("voldemort's plan", "*********'s plan"),
        ("VÖLDEMORT", "*********"),
        ("the project x team", "the ******* * team"),
        ("про Путина", "про ******"),
        ("張偉好", "**好"),
        ("ومحمد", "و****"),
        ("Voldemorting projects", "Voldemorting projects"),
    ],
)
def test_a_meetings_own_words_are_folded(text: str, expected: str) -> None:
    assert masked(text, "en", OWN) == expected
    find = offensive.own_finder("en", OWN)
    assert offensive.mask(text, find(text)) == expected


def test_own_words_are_met_in_other_forms() -> None:
    assert masked("two muggles", "en", ("muggle",)) == "two *******"
    assert masked("two muggles", "en", ("muggl",)) == "two muggles"


def test_the_own_list_alone_knows_no_other_word() -> None:
    assert offensive.own_finder("en", OWN)("shit") == ()


@given(st.text(max_size=80).map(clean), st.sampled_from(sorted(offensive.NAMES)))
def test_whatever_is_written_breaks_nothing_and_keeps_what_is_not_masked(text: str, language: str) -> None:
    spans = offensive.offensive_finder(language, OWN)(text)
    assert spans == offensive.merged_spans(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    kept = "".join(character for index, character in enumerate(text) if not any(s <= index < e for s, e in spans))
    assert all(character in offensive.mask(text, spans) for character in kept)


PARTS = ["fuck", "f.u.c.k", "sh1t", "fuuuck", "f*ck", "f u c k", "well", "e.g.", "é", "😀", "x"]


@given(st.lists(st.sampled_from(PARTS), max_size=8))
def test_of_several_disguised_words_none_is_left(parts: list[str]) -> None:
    rest = masked(" | ".join(parts)).split(" | ")
    assert not {"fuck", "f.u.c.k", "sh1t", "fuuuck", "f*ck", "f u c k"} & set(rest)
