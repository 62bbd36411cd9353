"""What a phone loads first: measured on the built files, as sent to a browser that takes gzip or brotli."""

import re
from collections.abc import Callable

import pytest
from flask import Flask

from pollapp import assets
from pollapp.assets import BuildMissing
from tests.actors import Facilitator
from tests.needs import absent
from tests.participant.conftest import Phone

BUDGET = 60 * 1024
"""Bytes of everything, headers not counted: a slow 2G link takes it in half a minute."""


@pytest.mark.parametrize("coding", ["br", "gzip"])
@pytest.mark.parametrize("kind", ["choice", "open_text", "word_cloud"])
def test_the_first_load_of_a_phone_is_light(
    app: Flask, host: Facilitator, join: Callable[..., Phone], kind: str, coding: str, record_property
) -> None:
    try:
        assets.check(app)
    except BuildMissing:
        absent("The built front end")
    host.ask(kind)
    phone = join()
    page = phone.browser.get(f"/m/{phone.code}", headers={"Accept-Encoding": coding})
    sizes = {"page": len(page.data)}
    waiting = set(re.findall(r"/assets/[\w.-]+", phone.page()))
    while waiting:
        address = waiting.pop()
        reply = phone.browser.get(address, headers={"Accept-Encoding": coding})
        assert reply.status_code == 200
        sizes[address] = len(reply.data)
        plain = phone.browser.get(address).text
        imported = {f"/assets/{name}" for name in re.findall(r'(?:from|import)\s*"\./([\w.-]+)"', plain)}
        waiting |= imported - sizes.keys()
    total = sum(sizes.values())
    print(f"first load of a phone, {kind}, {coding}: {total / 1024:.1f} KB {sizes}")  # noqa: T201  # the figure is wanted
    assert any(name.endswith(".js") for name in sizes)
    assert total < BUDGET
