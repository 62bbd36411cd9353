"""Who shares a meeting: links that let people in, roles that change, and what the owner can read of it."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import get_args

import pytest
from sqlalchemy import func, select

from pollapp.accounts import digest_of
from pollapp.ballots import KeyRing
from pollapp.database import Base, Database
from pollapp.errors import (
    BadEmail,
    BadSettings,
    DomainError,
    InvitationInvalid,
    MeetingEnded,
    NotAllowed,
    NotFound,
    TooMany,
)
from pollapp.meetings import Asker, agenda, audit, enter, entering, erasing, links, members
from tests.actors import Facilitator
from tests.conftest import make_account

TABLES = ("member", "meeting_link", "audit_entry")


@pytest.fixture
def bob(database: Database) -> int:
    """The id of an account with no part in any meeting."""
    return make_account(database, "bob@example.org")


@pytest.fixture
def invite(database: Database, facilitator: Facilitator) -> Callable[..., str]:
    """Call with a role, and an address if wanted, for the secret of a link."""
    return lambda role, email="": database.run(links.make, facilitator.id, role, email, by=facilitator.owner_id)


def role_of(database: Database, meeting_id: str, facilitator_id: int) -> str | None:
    people = database.read(members.people_of, meeting_id)
    return next((person.role for person in people if person.facilitator_id == facilitator_id), None)


def rows(database: Database) -> dict[str, int]:
    with database.engine.connect() as connection:
        tables = Base.metadata.tables
        return {name: connection.scalar(select(func.count()).select_from(tables[name])) for name in TABLES}


class TestInvitations:
    @pytest.mark.parametrize("role", ["co_facilitator", "moderator"])
    def test_a_link_gives_one_person_a_role_once(
        self, database: Database, facilitator: Facilitator, invite: Callable[..., str], bob: int, role: str
    ) -> None:
        secret = invite(role)
        offer = database.read(links.look, secret, bob)
        assert (offer.meeting.id, offer.owner, offer.role, offer.now) == (facilitator.id, "Ada", role, None)
        meeting, given = database.run(links.accept, secret, bob)
        assert (meeting.id, given, role_of(database, facilitator.id, bob)) == (facilitator.id, role, role)
        for again in (bob, make_account(database, "eve@example.org")):
            with pytest.raises(InvitationInvalid):
                database.run(links.accept, secret, again)

    def test_a_link_for_an_address_is_for_that_account_alone(
        self, database: Database, facilitator: Facilitator, invite: Callable[..., str], bob: int, stranger_id: int
    ) -> None:
        secret = invite("moderator", "  BOB@example.org")
        for use in (links.look, links.accept):
            with pytest.raises(InvitationInvalid):
                database.run(use, secret, stranger_id)
        database.run(links.accept, secret, bob)
        assert role_of(database, facilitator.id, bob) == "moderator"

    def test_nothing_tells_whether_an_address_has_an_account(
        self, database: Database, facilitator: Facilitator, invite: Callable[..., str], bob: int
    ) -> None:
        made = [invite("moderator", email) for email in ("bob@example.org", "nobody@example.org")]
        assert len({len(secret) for secret in made}) == 1
        assert len(database.read(links.of_meeting, facilitator.id)) == 2
        with pytest.raises(BadEmail):
            invite("moderator", "no address")

    def test_the_owner_does_not_use_a_link_up_by_trying_it(
        self, database: Database, facilitator: Facilitator, invite: Callable[..., str], bob: int
    ) -> None:
        secret = invite("moderator")
        assert database.read(links.look, secret, facilitator.owner_id).now == "owner"
        assert database.run(links.accept, secret, facilitator.owner_id).role == "owner"
        assert role_of(database, facilitator.id, facilitator.owner_id) == "owner"
        assert database.run(links.accept, secret, bob).role == "moderator"

    def test_a_second_link_gives_another_role(
        self, database: Database, facilitator: Facilitator, invite: Callable[..., str], bob: int
    ) -> None:
        database.run(links.accept, invite("moderator"), bob)
        assert database.read(links.look, invite("co_facilitator"), bob).now == "moderator"
        database.run(links.accept, invite("co_facilitator"), bob)
        assert role_of(database, facilitator.id, bob) == "co_facilitator"
        assert len(database.read(members.people_of, facilitator.id)) == 2

    def test_of_two_who_use_a_link_at_once_one_gets_in(
        self, database: Database, facilitator: Facilitator, invite: Callable[..., str]
    ) -> None:
        secret, outcomes = invite("moderator"), []

        def use(account: int) -> None:
            try:
                database.run(links.accept, secret, account)
                outcomes.append("in")
            except DomainError as error:
                outcomes.append(error.code)

        accounts = [make_account(database, f"person{number}@example.org") for number in range(4)]
        threads = [threading.Thread(target=use, args=(account,)) for account in accounts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(outcomes) == ["in"] + ["invitation_invalid"] * 3
        assert len(database.read(members.people_of, facilitator.id)) == 2

    def test_a_link_ends_after_seven_days(
        self,
        database: Database,
        facilitator: Facilitator,
        invite: Callable[..., str],
        bob: int,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        secret, now = invite("moderator"), entering.unix_now()
        lasts = links.INVITATION_DAYS * 24 * 3600
        monkeypatch.setattr(entering, "unix_now", lambda: now + lasts - 2)
        assert database.read(links.look, secret, bob)
        for module in (entering, links):
            monkeypatch.setattr(module, "unix_now", lambda: now + lasts + 1)
        with pytest.raises(InvitationInvalid):
            database.run(links.accept, secret, bob)
        assert database.read(links.of_meeting, facilitator.id) == []
        invite("moderator")
        assert rows(database)["meeting_link"] == 1, "what has ended is cleared away"

    @pytest.mark.parametrize("secret", ["", "x", "../../etc/passwd", "\udcff", "A" * 5000])
    def test_an_invented_link_opens_nothing(self, database: Database, bob: int, secret: str) -> None:
        for use in (links.look, links.accept):
            with pytest.raises(InvitationInvalid):
                database.read(use, secret, bob)
        with pytest.raises(InvitationInvalid):
            database.read(links.open_screen, secret)

    def test_only_a_fingerprint_of_a_long_secret_is_kept(self, database: Database, invite: Callable[..., str]) -> None:
        secret = invite("moderator")
        assert len(secret) * 6 >= 128
        with database.engine.connect() as connection:
            row = connection.execute(Base.metadata.tables["meeting_link"].select()).one()
        assert row.digest == digest_of(secret)
        assert secret not in repr(row)

    @pytest.mark.parametrize("role", ["owner", "admin", ""])
    def test_nobody_can_be_made_anything_else(self, invite: Callable[..., str], role: str) -> None:
        with pytest.raises(BadSettings):
            invite(role)

    def test_a_meeting_has_up_to_so_many_links(
        self, database: Database, facilitator: Facilitator, invite: Callable[..., str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(links, "MOST_LINKS", 3)
        for role in ("moderator", "co_facilitator", "screen"):
            invite(role)
        with pytest.raises(TooMany) as refused:
            invite("moderator")
        assert refused.value.params == {"reason": "links", "limit": 3}
        first = database.read(links.of_meeting, facilitator.id)[0]
        database.run(links.revoke, facilitator.id, first.id, by=facilitator.owner_id)
        invite("moderator")

    def test_a_meeting_is_shared_by_up_to_so_many(
        self, database: Database, facilitator: Facilitator, invite: Callable[..., str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(members, "MOST_MEMBERS", 2)
        people = [make_account(database, f"person{number}@example.org") for number in range(3)]
        for account in people[:2]:
            database.run(links.accept, invite("moderator"), account)
        secret = invite("moderator")
        with pytest.raises(TooMany):
            database.run(links.accept, secret, people[2])
        database.run(members.remove, facilitator.id, people[0], by=facilitator.owner_id)
        database.run(links.accept, secret, people[2])


class TestScreens:
    def asker(self, secret: str) -> Asker:
        return Asker(None, secret)

    def test_a_screens_link_shows_its_meeting_again_and_again_and_no_other(
        self, database: Database, facilitator: Facilitator, invite: Callable[..., str], keys: KeyRing
    ) -> None:
        secret = invite("screen")
        other = Facilitator(database, keys, facilitator.owner_id)
        for _ in range(2):
            assert database.read(links.open_screen, secret).id == facilitator.id
            assert database.read(enter, facilitator.id, self.asker(secret), "watch").role == "screen"
        with pytest.raises(NotAllowed):
            database.read(enter, facilitator.id, self.asker(secret), "present")
        with pytest.raises(NotFound):
            database.read(enter, other.id, self.asker(secret), "watch")

    def test_an_invitation_is_no_screens_link_and_a_screens_link_no_invitation(
        self, database: Database, facilitator: Facilitator, invite: Callable[..., str], bob: int
    ) -> None:
        with pytest.raises(InvitationInvalid):
            database.read(links.open_screen, invite("co_facilitator"))
        with pytest.raises(NotFound):
            database.read(enter, facilitator.id, self.asker(invite("co_facilitator")), "watch")
        with pytest.raises(InvitationInvalid):
            database.run(links.accept, invite("screen"), bob)

    def test_a_screens_link_ends_with_the_meeting(
        self, database: Database, facilitator: Facilitator, invite: Callable[..., str]
    ) -> None:
        secret = invite("screen")
        facilitator.ask("choice")
        facilitator.end()
        assert database.read(enter, facilitator.id, self.asker(secret), "watch"), "the end can still be undone"
        with pytest.raises(MeetingEnded):
            invite("screen")
        facilitator.seal()
        assert rows(database)["meeting_link"] == 0
        with pytest.raises(NotFound):
            database.read(enter, facilitator.id, self.asker(secret), "watch")
        with pytest.raises(InvitationInvalid):
            database.read(links.open_screen, secret)

    def test_a_link_that_is_withdrawn_shows_nothing_more(
        self, database: Database, facilitator: Facilitator, invite: Callable[..., str], keys: KeyRing
    ) -> None:
        secret = invite("screen")
        (link,) = database.read(links.of_meeting, facilitator.id)
        other = Facilitator(database, keys, facilitator.owner_id)
        with pytest.raises(NotFound):
            database.run(links.revoke, other.id, link.id, by=facilitator.owner_id)
        database.run(links.revoke, facilitator.id, link.id, by=facilitator.owner_id)
        with pytest.raises(NotFound):
            database.read(enter, facilitator.id, self.asker(secret), "watch")


class TestMembers:
    @pytest.fixture
    def helper(self, database: Database, facilitator: Facilitator, bob: int) -> int:
        database.run(members.add, facilitator.id, bob, "co_facilitator")
        return bob

    def test_who_was_removed_or_left_finds_no_meeting(
        self, database: Database, facilitator: Facilitator, helper: int
    ) -> None:
        for by in (facilitator.owner_id, helper):
            database.run(members.add, facilitator.id, helper, "moderator")
            assert database.read(enter, facilitator.id, Asker(helper), "moderate").role == "moderator"
            database.run(members.remove, facilitator.id, helper, by=by)
            with pytest.raises(NotFound):
                database.read(enter, facilitator.id, Asker(helper), "watch")

    def test_a_changed_role_counts_at_once(self, database: Database, facilitator: Facilitator, helper: int) -> None:
        assert database.read(enter, facilitator.id, Asker(helper), "build")
        database.run(members.change_role, facilitator.id, helper, "moderator", by=facilitator.owner_id)
        with pytest.raises(NotAllowed):
            database.read(enter, facilitator.id, Asker(helper), "build")

    @pytest.mark.parametrize("role", ["owner", "screen", ""])
    def test_only_roles_of_accounts_can_be_given(
        self, database: Database, facilitator: Facilitator, helper: int, role: str
    ) -> None:
        with pytest.raises(BadSettings):
            database.run(members.change_role, facilitator.id, helper, role, by=facilitator.owner_id)

    def test_the_owner_can_neither_be_changed_nor_removed(
        self, database: Database, facilitator: Facilitator, helper: int
    ) -> None:
        owner = facilitator.owner_id
        with pytest.raises(NotFound):
            database.run(members.change_role, facilitator.id, owner, "moderator", by=owner)
        with pytest.raises(NotFound):
            database.run(members.remove, facilitator.id, owner, by=owner)

    def test_a_list_holds_ones_own_meetings_and_shared_ones(
        self, database: Database, facilitator: Facilitator, helper: int, keys: KeyRing
    ) -> None:
        own = Facilitator(database, keys, helper)
        Facilitator(database, keys, make_account(database, "eve@example.org"))
        listed = {each.meeting.id: (each.role, each.owner) for each in database.read(members.meetings_for, helper)}
        assert listed == {facilitator.id: ("co_facilitator", "Ada"), own.id: ("owner", "Ada")}

    @pytest.mark.parametrize("change", [{"preset": "chatham_house"}, {"keep_days": 30}])
    def test_what_people_are_promised_is_the_owners_to_change(
        self, database: Database, facilitator: Facilitator, helper: int, change: dict
    ) -> None:
        database.run(agenda.update_meeting, facilitator.id, helper, title="Renamed", locked=True)
        with pytest.raises(NotAllowed):
            database.run(agenda.update_meeting, facilitator.id, helper, title="Mine", **change)
        assert database.read(agenda.get_meeting, facilitator.id, facilitator.owner_id).title == "Renamed"
        same = {name: getattr(facilitator.meeting, name) for name in change}
        database.run(agenda.update_meeting, facilitator.id, helper, **same)
        database.run(agenda.update_meeting, facilitator.id, facilitator.owner_id, **change)

    def test_a_moderator_changes_no_setting(self, database: Database, facilitator: Facilitator, helper: int) -> None:
        database.run(members.change_role, facilitator.id, helper, "moderator", by=facilitator.owner_id)
        with pytest.raises(NotAllowed):
            database.run(agenda.update_meeting, facilitator.id, helper, title="Mine")


class TestWhatWasDone:
    def test_links_and_roles_are_noted_with_their_time(
        self, database: Database, facilitator: Facilitator, invite: Callable[..., str], bob: int
    ) -> None:
        database.run(links.accept, invite("moderator", "bob@example.org"), bob)
        database.run(members.change_role, facilitator.id, bob, "co_facilitator", by=facilitator.owner_id)
        database.run(members.change_role, facilitator.id, bob, "co_facilitator", by=facilitator.owner_id)
        database.run(members.remove, facilitator.id, bob, by=facilitator.owner_id)
        found = database.read(audit.lines, facilitator.id)
        assert {(line.action, tuple(sorted(line.about.items()))) for line in found} == {
            ("link_made", (("email", "bob@example.org"), ("role", "moderator"))),
            ("member_joined", (("role", "moderator"),)),
            ("role_changed", (("name", "Ada"), ("role", "co_facilitator"))),
            ("member_removed", (("name", "Ada"),)),
        }
        assert len(found) == 4, "a role that stays the same is no change"
        assert all(line.at is not None and line.at.second == 0 for line in found)

    def test_what_is_near_to_answers_is_counted_by_day_without_a_time(
        self, database: Database, facilitator: Facilitator, bob: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for who, action, times in ((facilitator.owner_id, "texts_removed", 3), (bob, "texts_removed", 1)):
            for _ in range(times):
                database.run(audit.note, facilitator.id, who, action)
        tomorrow = audit.now() + timedelta(days=1)
        monkeypatch.setattr(audit, "now", lambda: tomorrow)
        database.run(audit.note, facilitator.id, bob, "texts_removed")
        with database.engine.connect() as connection:
            stored = connection.execute(Base.metadata.tables["audit_entry"].select()).all()
        assert sorted(row.times for row in stored) == [1, 1, 3]
        assert {row.at for row in stored} == {None}
        found = database.read(audit.lines, facilitator.id)
        assert (found[0].on, found[0].times) == (tomorrow.date(), 1)
        assert sorted(line.times for line in found) == [1, 1, 3]

    def test_two_counts_that_began_at_once_are_added_up(self, database: Database, facilitator: Facilitator) -> None:
        row = {"action": "presented", "about": {}, "on": audit.now().date(), "at": None, "meeting_id": facilitator.id}
        table = Base.metadata.tables["audit_entry"]
        with database.engine.begin() as connection:
            for number in (1, 2):
                one = {**row, "id": f"{number}", "facilitator_id": facilitator.owner_id, "times": number}
                connection.execute(table.insert(), one)
        (line,) = database.read(audit.lines, facilitator.id)
        assert (line.times, line.who) == (3, "Ada")

    def test_every_action_has_its_sentence(self) -> None:
        known = {*audit.COUNTED, *get_args(audit.Timed)}
        assert {name.partition(".")[0] for name in audit.SENTENCES} == known
        assert all(len(name) <= 20 for name in known), "the column holds no more"

    def test_the_list_is_as_long_as_it_can_be_read(
        self, database: Database, facilitator: Facilitator, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(audit, "MOST_SHOWN", 2)
        for action in ("settings_changed", "downloaded", "ended"):
            database.run(audit.note, facilitator.id, facilitator.owner_id, action)
        assert len(database.read(audit.lines, facilitator.id)) == 2


@pytest.mark.parametrize("going", ["deleted", "erased"])
def test_nothing_of_it_is_left_once_the_meeting_is_gone(
    database: Database, facilitator: Facilitator, keys: KeyRing, invite: Callable[..., str], bob: int, going: str
) -> None:
    database.run(links.accept, invite("moderator"), bob)
    invite("moderator", "eve@example.org")
    facilitator.ask("choice")
    assert all(rows(database).values())
    if going == "deleted":
        database.run(agenda.delete_meeting, keys, facilitator.id, facilitator.owner_id)
    else:
        facilitator.end()
        facilitator.seal()
        assert all(rows(database).values()), "invitations, members and the list outlive the seal"
        database.run(erasing.erase, facilitator.id)
    assert rows(database) == dict.fromkeys(TABLES, 0)


def test_whose_account_is_deleted_takes_no_part_any_more_and_what_was_done_stays(
    database: Database, facilitator: Facilitator, invite: Callable[..., str], bob: int
) -> None:
    database.run(links.accept, invite("moderator"), bob)
    with database.engine.begin() as connection:
        accounts = Base.metadata.tables["facilitator"]
        connection.execute(accounts.delete().where(accounts.c.id == bob))
    assert len(database.read(members.people_of, facilitator.id)) == 1
    joined = next(line for line in database.read(audit.lines, facilitator.id) if line.action == "member_joined")
    assert joined.who is None
