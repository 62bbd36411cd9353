"""Image: a picture with words; the limits of the words, and what the pages hold."""

import msgspec
import pytest

from pollapp.kinds import image, load_settings
from tests.forms import fill

PICTURE = f"{'0a' * 16}-1600x900"


@pytest.mark.parametrize(("name", "limit"), [("alt", image.ALT_LENGTH), ("caption", image.CAPTION_LENGTH)])
def test_words_have_a_limit_that_is_told(name: str, limit: int) -> None:
    assert fill(image, {name: "x" * limit}).validate()
    form = fill(image, {name: "x" * (limit + 1)})
    assert not form.validate()
    assert str(limit) in str(form.errors[name])


def test_what_is_entered_comes_back() -> None:
    form = fill(image, {"picture": PICTURE, "alt": " A bridge ", "caption": " By night "})
    assert form.validate()
    settings = image.to_settings(form, None)
    assert settings == image.Settings(PICTURE, "A bridge", "By night")
    assert load_settings("image", msgspec.to_builtins(settings)) == settings


@pytest.mark.parametrize("picture", ["x", "../../etc/passwd", f"{PICTURE}\n", f"{PICTURE} "])
def test_only_an_id_is_a_picture(picture: str) -> None:
    assert not fill(image, {"picture": picture}).validate()
    with pytest.raises(msgspec.ValidationError):
        load_settings("image", {"picture": picture})
