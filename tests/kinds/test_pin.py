"""Pin: pins lie on the picture's net, no tally tells which are of one person, few people show no dots."""

from typing import Any

import msgspec
import pytest
from hypothesis import strategies as st

from pollapp.errors import BadAnswer
from pollapp.kinds import Counted, load_settings, pin
from tests.forms import fill

percents = st.integers(0, 100)
RAWS = st.tuples(percents, percents).map(lambda place: [f"1.x:{place[0]}", f"1.y:{place[1]}"])
"""What a phone that means well sends to the settings of a new slide."""

PICTURE = f"{'0a' * 16}-1600x900"
ONE = pin.Settings(picture=PICTURE)
TWO = msgspec.structs.replace(ONE, pins=2)
MARKED = msgspec.structs.replace(ONE, left=20, top=20, right=40, bottom=40)


@pytest.mark.parametrize(
    ("settings", "raw", "reason"),
    [
        (ONE, [], "no_pin"),
        (ONE, ["1.x:3"], "half_pin"),
        (ONE, ["1.y:3"], "half_pin"),
        (ONE, ["1.x:101", "1.y:3"], "off_picture"),
        (ONE, ["1.x:-1", "1.y:3"], "off_picture"),
        (ONE, ["1.x:3.5", "1.y:3"], "off_picture"),
        (ONE, ["1.x:3", "1.y:3", "2.x:3", "2.y:3"], "off_picture"),
        (ONE, ["1.x:3", "1.x:3", "1.y:3"], "off_picture"),
        (ONE, [3], "off_picture"),
        (ONE, "1.x:3", "off_picture"),
    ],
)
def test_what_is_no_pin_is_refused_with_its_reason(settings: pin.Settings, raw: object, reason: str) -> None:
    with pytest.raises(BadAnswer) as refused:
        pin.parse(settings, raw)
    assert refused.value.params == {"reason": reason}


def test_pins_lie_on_the_net_in_the_order_of_their_places() -> None:
    assert pin.parse(TWO, ["1.x:99", "1.y:100", "2.x:33", "2.y:0"]) == ["1.x:34", "1.y:0", "2.x:100", "2.y:100"]
    assert pin.parse(TWO, ["2.x:1", "2.y:0"]) == ["1.x:2", "1.y:0"]


def test_places_are_counted_not_people() -> None:
    assert pin.keys(TWO, pin.parse(TWO, ["1.x:4", "1.y:6", "2.x:4", "2.y:6"])) == {"4:6": 2}


def test_the_right_area_holds_its_edge() -> None:
    tally = {"20:20": 1, "40:40": 2, "42:40": 1, "18:20": 4}
    assert pin.results(MARKED, Counted(8, 8, tally), "en")["inside"] == round(3 / 8, 4)
    assert pin.results(ONE, Counted(8, 8, tally), "en")["inside"] is None
    assert sum(int(row[4]) for row in pin.table(MARKED, Counted(8, 8, tally), "en").rows) == 3


def test_dots_are_drawn_of_five_people_and_not_of_four() -> None:
    dots = msgspec.structs.replace(ONE, display="dots")
    assert pin.results(dots, Counted(4, 4, {"2:2": 4}), "en")["drawn"] == "heat"
    assert pin.results(dots, Counted(5, 5, {"2:2": 5}), "en")["drawn"] == "dots"


def test_the_ninths_of_the_table_hold_every_pin_once() -> None:
    tally = {f"{x}:{y}": 1 for x in range(0, 101, 2) for y in range(0, 101, 2)}
    assert sum(int(row[2]) for row in pin.table(ONE, Counted(1, 1, tally), "en").rows) == 51 * 51


@pytest.mark.parametrize(
    ("more", "fits"),
    [
        ({"pins": "5"}, True),
        ({"pins": "6"}, False),
        ({"pins": "0"}, False),
        ({"alt": "x" * 200}, True),
        ({"alt": "x" * 201}, False),
        ({"picture": PICTURE}, True),
        ({"picture": "../../etc/passwd"}, False),
        ({"left": "0", "top": "0", "right": "100", "bottom": "100"}, True),
        ({"left": "0", "top": "0", "right": "101", "bottom": "100"}, False),
        ({"left": "50", "right": "50"}, False),
        ({"top": "50", "bottom": "49"}, False),
        ({"display": "needles"}, False),
    ],
)
def test_limits_hold_at_their_edge(more: dict[str, str], fits: bool) -> None:
    form: Any = fill(pin, pin.from_settings(pin.Settings()) | more)
    assert form.validate() is fits, form.errors
    if fits:
        settings = pin.to_settings(form, None)
        assert load_settings("pin", msgspec.to_builtins(settings)) == settings


def test_the_picture_and_the_number_of_pins_are_frozen() -> None:
    assert pin.frozen(ONE, TWO)
    assert pin.frozen(ONE, msgspec.structs.replace(ONE, picture=PICTURE.replace("0a", "0b")))
    assert not pin.frozen(ONE, msgspec.structs.replace(MARKED, alt="A map", display="dots"))
