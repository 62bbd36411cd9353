"""What every file promises, whatever its format."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest

from pollapp.errors import NotFound
from pollapp.exports import Dataset, Format, all_formats, file_name, get
from tests.exports.conftest import meeting

FORMATS = all_formats()


def content(written: bytes) -> str:
    """Return all text of a file, also of one that is an archive."""
    if not written.startswith(b"PK"):
        return written.decode()
    with ZipFile(BytesIO(written)) as archive:
        return "\n".join(archive.read(name).decode() for name in archive.namelist())


def test_formats_are_found_by_name_the_workbook_first() -> None:
    assert [each.NAME for each in FORMATS] == ["xlsx", "csv", "json"]
    assert get("csv").EXTENSION == "zip"
    with pytest.raises(NotFound):
        get("exe")


@pytest.mark.parametrize("file_format", FORMATS, ids=lambda each: each.NAME)
class TestEveryFormat:
    def test_the_same_dataset_gives_the_same_bytes(self, file_format: Format, dataset: Dataset) -> None:
        assert file_format.write(dataset, str) == file_format.write(dataset, str)

    def test_it_holds_prompts_answers_and_reasons(self, file_format: Format, dataset: Dataset) -> None:
        text = content(file_format.write(dataset, str))
        for expected in (
            "To learn",
            "مرحبا",
            "Ready? [yes/no]",
            "Fewer than five people answered",
            "still open",
            "When do we start?",
            "متى نبدأ؟",
            "steps of five",
            "2031-05-04",
        ):
            assert expected in text

    def test_it_holds_no_respondent_and_no_time(self, file_format: Format, dataset: Dataset) -> None:
        text = content(file_format.write(dataset, str))
        assert not re.search(r"respondent|token|ballot_id|user.?agent", text, re.IGNORECASE)
        assert set(re.findall(r"\d\d:\d\d(?::\d\d)?", text)) <= {"00:00:00"}

    def test_an_empty_meeting_has_a_file_too(self, file_format: Format) -> None:
        assert "Peer learning" in content(file_format.write(meeting(), str))

    def test_words_are_translated(self, file_format: Format, dataset: Dataset) -> None:
        assert "«Fewer than five" in content(file_format.write(dataset, lambda message: f"«{message}»"))


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Peer learning: day 1/2", "peer-learning-day-1-2-2031-05-04.xlsx"),
        ("../../etc/passwd", "etc-passwd-2031-05-04.xlsx"),
        ("التعلم", "التعلم-2031-05-04.xlsx"),
        ("हिन्दी", "हिन्दी-2031-05-04.xlsx"),
        ('CON\r\n"x"', "con-x-2031-05-04.xlsx"),
        ("???", "meeting-2031-05-04.xlsx"),
        ("👍", "meeting-2031-05-04.xlsx"),
    ],
)
def test_a_file_name_is_safe_in_every_language(title: str, name: str) -> None:
    assert file_name(meeting(title=title), "xlsx") == name


def test_a_long_title_gives_a_file_name_that_fits() -> None:
    assert len(file_name(meeting(title="学" * 300), "xlsx").encode()) < 200
