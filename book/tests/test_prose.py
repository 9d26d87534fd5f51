"""The spelling of the book's prose, after the British dictionary and a list of its own words."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

BOOK = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(BOOK / "_ext"))

from weave.hand_typed import NOT_PROSE  # noqa: E402

PAGES = [BOOK.parent / "CHANGELOG.md"] + sorted(
    page for page in BOOK.rglob("*.md") if not {"_build", "node_modules"} & set(page.parts)
)
PAGES += sorted(BOOK.parent.glob("chapters/*/exercises/*.md"))
FORMULA = re.compile(r"\$\$.*?\$\$|\$[^$\n]+\$", re.DOTALL)
TERM = re.compile(r"\{term\}`([^`<]*?)(?: <[^`]*)?`|\{doc\}`([^`<]*?) <[^`]*`|\{ref\}`([^`<]*?) <[^`]*`")


def prose(text: str) -> str:
    text = TERM.sub(lambda found: found[1] or found[2] or found[3], text)
    text = re.sub(r"^```\{index\}.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    text = re.sub(r"^(`{3,})\{picture\}.*$", r"\1{picture}", text, flags=re.MULTILINE)
    return NOT_PROSE.sub(" ", FORMULA.sub(" ", text.replace("&emsp;", " ")))


def misspelt(text: str) -> set[str]:
    words = re.sub(r"\b\w*[\d_]\w*\b", " ", text.replace("’", "'"))  # names with digits are code
    answer = subprocess.run(
        ["hunspell", "-d", "en_GB", "-p", BOOK / "tests/words.txt", "-l", "-i", "utf-8"],
        input=words, capture_output=True, text=True, check=True,
    )
    return set(answer.stdout.split())


def test_a_wrong_word_is_found():
    assert "atention" in misspelt(prose("We pay atention to {term}`keys <key>`, in `codde` and $matth$."))
    assert not misspelt(prose("in `codde` and $matth$"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(BOOK.parent)))
def test_spelling(page):
    text = page.read_text()
    if page.name == "references.md":
        text = re.sub(r"[^.]*: \*|\*[^*]*\*", " ", text)  # names and titles are other people's
    assert sorted(misspelt(prose(text))) == []


CHAPTERS = [page for page in PAGES if page.parent.name == "chapters" and not re.search("workshop|larger", page.name)]
# A chapter's length is that of its sentences: captions, tables and the questions to the reader come on top.
ASIDE = re.compile(r"^(`{3,})\{(?:picture|question)\}.*?^\1|^\|[^\n]*$", re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("page", CHAPTERS, ids=lambda page: page.stem)
def test_a_chapter_has_what_a_chapter_has(page):
    text = page.read_text()
    words = len(re.findall(r"[A-Za-z][\w'’-]*", prose(ASIDE.sub("", text))))
    assert 1500 <= words <= 3500
    assert text.count("```{picture}") >= 3
    assert re.search(r"^#+ Break it$", text, re.MULTILINE) and "/breaks/" in text
    assert f"make chapter-{page.name[:2]}" in text or f"chapters/{page.stem}/output.txt" in text


def test_there_are_eleven_chapters():
    assert len(CHAPTERS) == 11
