"""Two ordinary answers for each kind of poll, to the settings a new slide begins with."""

from pollapp.kinds import Kind

_BY_FORM = {"list": (["a"], ["b"]), "text": ("learning from peers", "time to listen")}

_OWN = {
    "ranking": (["b:1", "a:2", "c:3"], ["a:1", "b:2", "c:3"]),
    "number": (["50"], ["60"]),
    "scales": (["a:4", "b:2"], ["a:3", "b:5"]),
    "points": (["a:40", "b:30", "c:30"], ["a:10", "b:50", "c:40"]),
    "pin": (["1.x:34", "1.y:56"], ["1.x:70", "1.y:20"]),
    "grid": (
        ["a.x:2", "a.y:8", "b.x:5", "b.y:5", "c.x:9", "c.y:1"],
        ["a.x:3", "a.y:7", "b.x:4", "b.y:6", "c.x:8", "c.y:2"],
    ),
}
"""For kinds that take no word and no single option."""


def to(kind: Kind) -> tuple[object, object]:
    """Return what phones send."""
    return _OWN.get(kind.NAME) or _BY_FORM[kind.RAW]
