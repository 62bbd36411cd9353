"""Read the two pieces of HTML a phone answers: the privacy card's form, and the stage fragment's controls."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

Attributes = list[tuple[str, str | None]]


class CardReader(HTMLParser):
    """Finds the form that posts to `action` and its hidden fields."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self._action = action
        self._inside = False
        self._fields: dict[str, str] | None = None

    def read(self, page: str) -> dict[str, str] | None:
        """Return what the form would send, or None when the page has no such form."""
        self.feed(page)
        self.close()
        return self._fields

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """Collect hidden fields while inside the form."""
        values = dict(attrs)
        if tag == "form" and values.get("action") == self._action:
            self._inside = True
            self._fields = {}
        elif self._inside and self._fields is not None and tag == "input" and values.get("name"):
            self._fields[values["name"] or ""] = values.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        """Notice the form's end."""
        if tag == "form":
            self._inside = False


@dataclass
class Fragment:
    """What a stage fragment asks for."""

    slots: int = 1
    options: list[str] = field(default_factory=list)
    least: int = 1
    most: int = 1
    long: bool = False


class _FragmentReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.fragment = Fragment()

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        values = dict(attrs)
        if "data-slots" in values:
            self.fragment.slots = int(values["data-slots"] or 0)
        if "data-most" in values:
            self.fragment.least = int(values.get("data-least") or 1)
            self.fragment.most = int(values["data-most"] or 1)
        if not (values.get("name") or "").startswith("answer."):
            return
        if tag == "textarea":
            self.fragment.long = True
        elif values.get("type") in {"radio", "checkbox"}:
            self.fragment.options.append(values.get("value") or "")


def read_fragment(html: str) -> Fragment:
    """Read the controls out of a stage fragment."""
    reader = _FragmentReader()
    reader.feed(html)
    reader.close()
    return reader.fragment
