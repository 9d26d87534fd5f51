"""Exercises in the book: what is read of their pages, and that their solutions are what the patch takes away."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book/_ext"))

from weave.exercises import exercises, read, solution  # noqa: E402

ALL = exercises(ROOT)


def test_they_stand_by_chapter_and_the_short_ones_first():
    assert [one.name for one in exercises(ROOT, "01")] == ["01-product", "01-liar", "01-walk"]
    assert [one.name[:2] for one in ALL] == sorted(one.name[:2] for one in ALL)
    assert len(ALL) >= 24 and len({one.name[:2] for one in ALL}) == 11


def test_all_kinds_are_there_and_none_is_long():
    assert {one.kind for one in ALL} == {"fill", "find", "extend"}
    assert max(one.minutes for one in ALL) <= 40


def test_a_page_without_its_parts_is_refused(tmp_path):
    (tmp_path / "bad.md").write_text("# A title\nfill · 5 minutes\n\nDo it.\n\n## Hint 1\nSo.\n")
    with pytest.raises(ValueError, match="two hints"):
        read(tmp_path, "bad")
    (tmp_path / "bad.md").write_text("# A title\nfill, 5 minutes\n\nDo it.\n")
    with pytest.raises(ValueError, match="its kind and its minutes"):
        read(tmp_path, "bad")


def test_a_solution_goes_from_what_is_given_to_the_book():
    product = next(one for one in ALL if one.name == "01-product")
    text, language = solution(ROOT, product)
    assert language == "diff"
    assert "-    return record(x * y, {a, 0}, {b, 0});\n+    return record(x * y, {a, y}, {b, x});" in text


@pytest.mark.parametrize("exercise", [one for one in ALL if one.kind != "extend"], ids=lambda one: one.name)
def test_every_line_of_it_is_the_books(exercise):
    touched = (ROOT / f"{exercise.path}.patch").read_text().split("+++ b/")[1].split("\n")[0]
    book = (ROOT / touched).read_text().splitlines()
    text, _ = solution(ROOT, exercise)
    assert all(line[1:] in book for line in text.splitlines() if line[:1] in ("+", " ") and line.strip())
