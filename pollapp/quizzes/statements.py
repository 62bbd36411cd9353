"""What a batch says to the database about a quiz, as ready texts in both dialects: see `pollapp.ballots.statements`."""

from pollapp.ballots.statements import Lookup, Statement

CLOCKS = Lookup(
    "WITH wanted (round_id) AS (VALUES {})"
    " SELECT round_id, began_at, ends_at FROM wanted CROSS JOIN quiz_clock USING (round_id)",
    "SELECT round_id, began_at, ends_at FROM unnest(%s::integer[]) AS wanted (round_id) JOIN quiz_clock USING (round_id)",
)
"""Of the number of a question: the number, when it began and when its time is up."""

# A conflict is no error to PostgreSQL this way: its log would name the row, beside the time.
NEW_SCORES = Statement(
    'INSERT INTO score (round_id, player_id, worth, "right", entry) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
    'INSERT INTO score (round_id, player_id, worth, "right", entry)'
    " SELECT * FROM unnest(%s::integer[], %s::bytea[], %s::integer[], %s::boolean[], %s::text[]) ON CONFLICT DO NOTHING",
)

NEW_PLAYERS = Statement(
    "INSERT INTO player (id, meeting_id, nickname, folded, given, reviewed) VALUES (?, ?, ?, ?, ?, false) ON CONFLICT DO NOTHING",
    "INSERT INTO player (id, meeting_id, nickname, folded, given, reviewed)"
    " SELECT *, false FROM unnest(%s::bytea[], %s::text[], %s::text[], %s::text[], %s::boolean[]) ON CONFLICT DO NOTHING",
)

OTHER_NICKNAMES = Statement(
    "UPDATE player SET nickname = ?, folded = ?, reviewed = false WHERE id = ? AND NOT given",
    "UPDATE player SET nickname = new.nickname, folded = new.folded, reviewed = false"
    " FROM unnest(%s::text[], %s::text[], %s::bytea[]) AS new (nickname, folded, id)"
    " WHERE player.id = new.id AND NOT player.given",
)

_PLAYER = " SELECT id, meeting_id, nickname, folded, given FROM "

PLAYERS = Lookup(
    "WITH wanted (id) AS (VALUES {})" + _PLAYER + "wanted CROSS JOIN player USING (id)",
    _PLAYER + "unnest(%s::bytea[]) AS wanted (id) JOIN player USING (id)",
)
"""Of the id of a player: `id`, `meeting_id`, `nickname`, `folded`, `given`."""

NAMESAKES = Lookup(
    "WITH wanted (meeting_id, folded) AS (VALUES {})" + _PLAYER + "wanted CROSS JOIN player USING (meeting_id, folded)",
    _PLAYER + "unnest(%s::text[], %s::text[]) AS wanted (meeting_id, folded) JOIN player USING (meeting_id, folded)",
)
"""Of a meeting and a folded nickname: the same."""

STRANGERS = Lookup(
    "WITH wanted (id) AS (VALUES {})"
    " SELECT id FROM wanted WHERE id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM player WHERE player.id = wanted.id)",
    "SELECT id FROM unnest(%s::bytea[]) AS wanted (id)"
    " WHERE NOT EXISTS (SELECT 1 FROM player WHERE player.id = wanted.id)",
)
"""Those of these ids that no player has yet."""
