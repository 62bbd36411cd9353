"""The review of what people asked: a decision is carried out at once, since a question is one text that nobody changes."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from pollapp import questions
from pollapp.ballots.review import DECISIONS, MOST_WORDS, Entry, Names
from pollapp.errors import BadDecision, NotFound, TextChanged
from pollapp.questions import Seen, moderating
from pollapp.words import black_out, find_words


def entries(session: Session, meeting_id: str, names: Names) -> list[Entry]:
    """Return every question its facilitator may read, with what is found in it."""
    seen = questions.look(session, meeting_id).questions
    return [_entry(each) for each in questions.with_findings(seen, names)]


def _entry(seen: Seen) -> Entry:
    return Entry(seen.name, seen.text, 1, seen.found, "keep" if seen.reviewed else None, seen.text)


def decide(
    session: Session,
    meeting_id: str,
    name: str,
    fingerprint: str,
    decision: str | None,
    *,
    names: Names,
    words: Sequence[str] | None = None,
) -> Entry:
    """Keep a question, black out in it, or remove it for good; only that it is kept can be taken back (None).

    Raises `NotFound`, `TextChanged`, and `BadDecision` when there is nothing to black out.
    """
    moderating.lock(session, meeting_id)
    entry = next((each for each in entries(session, meeting_id, names) if each.key == name), None)
    if entry is None:
        raise NotFound()
    if entry.fingerprint != fingerprint:
        raise TextChanged()
    if decision not in (*DECISIONS, None):
        raise BadDecision()
    if decision == "redact":
        moderating.black_out(session, meeting_id, name, _blacked_out(entry, words))
    elif decision == "drop":
        moderating.remove(session, meeting_id, name)
        return entry._replace(decision="drop", shown=None)
    else:
        moderating.keep(session, meeting_id, name, reviewed=decision == "keep")
    session.flush()
    session.expire_all()
    after = next(each for each in entries(session, meeting_id, names) if each.key == name)
    return after._replace(decision=decision) if decision == "redact" else after


def _blacked_out(entry: Entry, words: Sequence[str] | None) -> str:
    if words is not None and len(words) > MOST_WORDS:
        raise BadDecision(reason="too_many_words", limit=MOST_WORDS)
    findings = entry.findings if words is None else find_words(entry.text, words)
    if not findings:
        raise BadDecision(reason="nothing_found")
    return black_out(entry.text, findings)
