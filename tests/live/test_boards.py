"""What is told of a board: whole pages, then differences under numbers that only grow."""

from pollapp.live.boards import LiveBoard
from pollapp.questions import BoardNow, Seen


def seen(name: str, text: str = "Why?", votes: int | None = 0, **more) -> Seen:
    question = Seen(
        bytes.fromhex(name * 2),
        name,
        "shown",
        text,
        False,
        False,
        (),
        None,
        None,
        votes,
        0,
        False,
        False,
        (),
        text,
        None,
    )
    return question._replace(**more)


def board(*questions: Seen, revision: int, preset: str = "standard", gone: dict[str, str] | None = None) -> BoardNow:
    return BoardNow("open", preset, False, 10, questions, gone or {}, revision)


ONE, TWO, THREE = "11" * 8, "22" * 8, "33" * 8


def test_however_much_changed_between_two_looks_is_one_message() -> None:
    live = LiveBoard()
    live.take(board(seen(ONE), seen(TWO), revision=1))
    (delta,) = live.take(board(seen(ONE, votes=500), seen(THREE), revision=900, gone={TWO: ONE}))
    assert (delta.before, delta.version) == (1, 2)
    assert delta.votes == {ONE: 500}
    assert [each["id"] for each in delta.changed] == [THREE]
    assert (delta.gone, delta.merged) == ([TWO], {TWO: ONE})


def test_what_nobody_may_see_is_no_message() -> None:
    live = LiveBoard()
    live.take(board(seen(ONE), revision=1))
    assert live.take(board(seen(ONE), seen(TWO, state="waiting"), revision=2)) == []
    assert live.version == 1


def test_what_was_read_before_a_change_does_not_undo_it() -> None:
    live = LiveBoard()
    live.take(board(seen(ONE, votes=2), revision=2))
    assert live.take(board(seen(ONE, votes=1), revision=1)) == []
    assert live.items[ONE]["votes"] == 2


def test_many_changes_go_out_in_messages_that_a_slow_phone_can_take(monkeypatch) -> None:
    monkeypatch.setattr("pollapp.live.listing.MOST_BYTES", 1000)
    live = LiveBoard()
    deltas = live.take(board(*(seen(f"{number:016x}", "x" * 400) for number in range(9)), revision=1))
    assert len(deltas) > 3
    assert [each.version for each in deltas] == list(range(1, len(deltas) + 1))
    assert sum(len(each.changed) for each in deltas) == 9


def test_the_order_of_arrival_is_counted_from_the_second_look_and_never_under_the_rule() -> None:
    live = LiveBoard()
    live.take(board(seen(THREE), revision=1))
    live.take(board(seen(ONE), seen(THREE), revision=2))
    live.take(board(seen(ONE), seen(TWO), seen(THREE), revision=3))
    assert [live.items[name]["order"] for name in (THREE, ONE, TWO)] == [0, 1, 2]
    careful = LiveBoard()
    for revision in (1, 2):
        careful.take(board(*(seen(name) for name in (ONE, TWO)[:revision]), revision=revision, preset="chatham_house"))
    assert {item["order"] for item in careful.items.values()} == {0}
