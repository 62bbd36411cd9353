"""What the page of a cloud's words shows: as a page, or as the parts a script puts in."""

from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from flask import render_template
from flask_babel import ngettext

from pollapp import kinds
from pollapp.ballots.curated import Change, Shown
from pollapp.ballots.curating import NAME_LENGTH
from pollapp.meetings import curating
from pollapp.meetings.curating import Clouds
from pollapp.rights import read_as
from pollapp.words import fold

MOST_LISTED = 200
"""Words on the page, the most frequent first: as many as a screen shows. Others are found by their letters."""

FORMS_TOLD = 5
"""Ways of writing a word that its row tells, before it says that there are more."""


@dataclass(frozen=True)
class WordsPage:
    """The words of one round, those in which `find` is or all of them."""

    meeting_id: str
    clouds: Clouds
    find: str
    refusal: str | None

    @property
    def found(self) -> list[Shown]:
        """The words that are asked for."""
        if self.clouds.poll is None or not self.find.strip():
            return self.clouds.look.words
        wanted = fold(self.find, self.clouds.poll.language)
        plain = self.find.strip().casefold()
        return [
            each
            for each in self.clouds.look.words
            if wanted in each.key or any(plain in text.casefold() for text in (each.word, *each.forms))
        ]

    @property
    def keeps_texts(self) -> bool:
        """Whether the words are those of answers, which stay as they are."""
        return self.clouds.poll is not None and kinds.get(self.clouds.poll.kind).KEEPS_TEXTS

    @property
    def listed(self) -> list[Shown]:
        """The words in view."""
        return self.found[:MOST_LISTED]

    def called(self, name: str | None) -> str | None:
        """Return the key of the word that has this name."""
        return next((each.key for each in self.clouds.look.words if each.word == name), None)

    @property
    def changes(self) -> list[Change]:
        """What was done, the last first."""
        return list(reversed(self.clouds.look.changes))

    def written(self, word: str) -> str:
        """Return a word as it is read by people."""
        return self.clouds.look.written.get(word, word)

    @staticmethod
    def place(text: str) -> str:
        """Return a name for an element of the page: ids have no spaces."""
        return blake2b(text.encode(), digest_size=8).hexdigest()

    @property
    def more(self) -> str:
        """Say how many words there are beyond those in view."""
        left = len(self.found) - MOST_LISTED
        if left <= 0:
            return ""
        return str(
            ngettext(
                "%(num)s more word: find it by its letters.", "%(num)s more words: find them by their letters.", left
            )
        )

    def render(self) -> str:
        """Return the whole page."""
        return render_template(
            "facilitator/words.html", page=self, meeting=self.clouds.meeting, scripted=False, **_LIMITS
        )

    def parts(self) -> dict[str, Any]:
        """Return what changes while it is looked at."""
        about = {"page": self, "meeting": self.clouds.meeting, "scripted": True, **_LIMITS}
        return {
            "words": [
                {"key": each.key, "html": render_template("facilitator/words_row.html", each=each, **about)}
                for each in self.listed
            ],
            "suggestions": [
                {
                    "key": f"{near.word.key}|{near.into.key}",
                    "html": render_template("facilitator/words_near.html", near=near, **about),
                }
                for near in self.clouds.near
            ],
            "changes": [
                {"key": each.id, "html": render_template("facilitator/words_change.html", change=each, **about)}
                for each in self.changes
            ],
            "more": self.more,
            "number": self.clouds.look.number,
        }


_LIMITS = {"name_length": NAME_LENGTH, "forms_told": FORMS_TOLD}


def load(meeting_id: str, round_id: int | None, find: str, *, refusal: str | None = None) -> WordsPage:
    """Read what the page shows."""
    return WordsPage(meeting_id, read_as("present", curating.look, meeting_id, round_id), find, refusal)
