"""What each role permits, said a second time, so that nothing changes by a slip."""

import pytest

from pollapp.accounts import RIGHTS, permits, roles


def test_each_role_permits_this_and_no_more() -> None:
    assert RIGHTS["screen"] == {"watch"}
    assert RIGHTS["moderator"] == {"watch", "people", "moderate"}
    assert RIGHTS["co_facilitator"] == {"watch", "people", "moderate", "build", "present", "results", "end"}
    assert RIGHTS["owner"] == RIGHTS["co_facilitator"] | {"privacy", "share", "delete"}


@pytest.mark.parametrize("permission", ["privacy", "share", "delete"])
def test_what_cannot_be_taken_back_is_the_owners_alone(permission: str) -> None:
    assert [role for role in RIGHTS if permits(role, permission)] == ["owner"]


def test_each_role_is_explained_in_words() -> None:
    assert list(roles.WORDS) == list(RIGHTS)
    assert all(words.title and words.may for words in roles.WORDS.values())
    assert all(words.may_not for role, words in roles.WORDS.items() if role != "owner")
