"""What weaves the book keeps its word: the right lines, all of them once, and nothing typed by hand."""

import json
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from docutils import nodes

BOOK = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(BOOK / "_ext"))

from docutils import nodes  # noqa: E402
from weave import covers, finding, formulas, poster, setting, sources  # noqa: E402
from weave.cpp import AnchorError, Excerpt, Source  # noqa: E402
from weave.hand_typed import typed_by_hand  # noqa: E402
from weave.listings import audit, new_lines, spans, step  # noqa: E402
from weave.numbers import ANYWHERE  # noqa: E402
from weave.questions import QuestionError, check, choice_of, chosen, cut, value  # noqa: E402
from weave.recordings import SelectionError, command, select  # noqa: E402
from weave.written import expressions, written_at  # noqa: E402

PAGES = [page for page in sorted(BOOK.rglob("*.md")) if not {"_build", "node_modules"} & set(page.parts)]
NUMBERS = json.loads((BOOK / "numbers.json").read_text())

SOURCE = Source(
    "shape.hpp",
    """\
// Shape: something with a size.
#pragma once

#include <string>

namespace demo {

/// A shape.
class Shape {
  public:
    /// How large it is.
    int size() const { return size_; }
    std::string name() const;

  private:
    int size_ = '{';
};

// ---- Making shapes: from text

/// Takes "}" too.
inline Shape make(int size) {
    return {size};
}
inline Shape make(const std::string& text) { return make(text.size()); }

// ---- The rest

constexpr int most = 3;

}  // namespace demo
""",
)


def lines(*anchors):
    excerpt = SOURCE.excerpt(*anchors)
    return excerpt.first, excerpt.last


# ---- Anchors


def test_an_enumeration_on_one_line_may_be_the_first_that_is_private():
    source = Source("a.hpp", "class A {\n  private:\n    // Where.\n    enum { a, b };\n};\n")
    excerpt = source.excerpt("class A > enum")
    assert (excerpt.first, excerpt.last) == (2, 4)


def test_a_declaration_comes_with_its_comment_and_its_body():
    assert lines("class Shape") == (8, 17)
    assert lines("make(int size)") == (21, 24)


def test_a_member_is_found_inside_its_class_with_the_access_above_it():
    assert lines("class Shape > size() const") == (10, 12)
    assert lines("class Shape > int size_") == (15, 16)


def test_a_heading_stands_for_its_section():
    assert lines("---- Making shapes") == (19, 25)
    assert lines("---- The rest") == (27, 29)


def test_a_namespace_inside_another_is_looked_into():
    inside = Source("figures.cpp", "namespace demo::book {\n\nint most = 3;\n\n}  // namespace demo::book\n")
    assert (inside.excerpt("most").first, inside.to_be_shown()) == (3, {3})


def test_from_one_anchor_to_another():
    assert lines("top", "class Shape") == (1, 17)
    assert lines("---- Making shapes", "make(int size)") == (19, 24)
    assert lines("make(const std::string& text)", "end") == (25, 29)
    assert lines() == (1, 29)


@pytest.mark.parametrize(
    ("anchors", "problem"),
    [
        (("make",), "several places, lines 21, 25"),
        (("Form",), "is nowhere"),
        (("---- Nothing",), "is nowhere"),
        (("---- The rest", "class Shape"), "stands before"),
        (("hap",), "is nowhere"),  # part of a word
    ],
)
def test_an_anchor_that_is_not_one_place_is_an_error(anchors, problem):
    with pytest.raises(AnchorError, match=problem):
        SOURCE.excerpt(*anchors)


# ---- Nothing is hidden


@pytest.fixture
def project(tmp_path):
    (tmp_path / "src/microgpt").mkdir(parents=True)
    (tmp_path / "chapters/01-value").mkdir(parents=True)
    (tmp_path / "src/CMakeLists.txt").write_text("set(modules_01 a)\n")
    (tmp_path / "src/microgpt/a.hpp").write_text("// A.\n#pragma once\n\nint a();\nint b();\n")
    (tmp_path / "chapters/01-value/main.cpp").write_text("// One.\nint main() {}\n")
    return tmp_path


def excerpt(path, first, last):
    return Excerpt(path, first, last, "")


def test_all_lines_once_is_all_there_is_to_it(project):
    whole = [excerpt("src/microgpt/a.hpp", 1, 5), excerpt("chapters/01-value/main.cpp", 1, 2)]
    assert audit(project, whole) == (5, 5, [])


def test_lines_that_are_missing_or_double_are_named(project):
    part = [excerpt("src/microgpt/a.hpp", 1, 4), excerpt("src/microgpt/a.hpp", 4, 4)]
    total, once, problems = audit(project, part)
    assert (total, once) == (5, 1)
    assert problems == [
        "src/microgpt/a.hpp: not shown: 5",
        "src/microgpt/a.hpp: shown more than once: 4",
        "chapters/01-value/main.cpp: not shown: 1-2",
    ]


def test_numbers_in_a_row_are_a_span():
    assert spans([7, 3, 4, 5, 9]) == "3-5, 7, 9"


def test_new_lines_are_those_that_the_chapter_before_has_not():
    before = Source("a", "int a;\nint b;\n")
    assert new_lines(before, Source("b", "int a;\nint c;\n\nint b;\n")) == {2}


def test_of_a_toy_the_lines_that_a_step_adds_are_shown_once(project):
    toy = project / "chapters/01-value/toy"
    toy.mkdir()
    (toy / "1-numbers.cpp").write_text("// A toy.\nint a;\n")
    (toy / "2-slopes.cpp").write_text("// A toy.\nint a;\nint b;\nint c;\n")
    first, second = "chapters/01-value/toy/1-numbers.cpp", "chapters/01-value/toy/2-slopes.cpp"
    shown = [
        *(excerpt("src/microgpt/a.hpp", 1, 5), excerpt("chapters/01-value/main.cpp", 1, 2)),
        *(excerpt(first, 1, 2), excerpt(second, 2, 3)),
    ]
    assert audit(project, shown) == (9, 8, [f"{second}: not shown: 4"])
    assert audit(project, [*shown, excerpt(second, 2, 4)])[2] == [f"{second}: shown more than once: 3"]


def test_what_is_new_is_new_since_a_chapter_or_a_step():
    assert step("chapters/04-attention/main.cpp") == "chapter 4"
    assert step("chapters/01-value/toy/2-slopes.cpp") == "step 2"


# ---- Recordings

PRINTED = "start\nloss 3.3\nloss 2.9\nloss 2.6\n\nnames\nanna\n"


def test_a_recording_is_shown_whole_or_in_parts():
    assert select(PRINTED, []) == PRINTED.rstrip()
    assert select(PRINTED, ["loss 3.3", "loss 2.6 ... names"]) == "…\nloss 3.3\n…\nloss 2.6\n\nnames\n…"
    assert select(PRINTED, ["start ... end"]) == PRINTED.rstrip()


def test_what_is_nowhere_or_in_two_lines_is_an_error():
    with pytest.raises(SelectionError, match="nowhere"):
        select(PRINTED, ["emma"])
    with pytest.raises(SelectionError, match="3 lines"):
        select(PRINTED, ["loss"])
    with pytest.raises(SelectionError, match="before what is already shown"):
        select(PRINTED, ["names", "start"])


def test_the_command_follows_from_the_place():
    assert command("chapters/04-attention/output.txt") == "make chapter-04"
    assert command("chapters/04-attention/breaks/no-scale.txt") == "make chapter-04 BREAK=no-scale"
    assert command("chapters/01-value/toy/2-slopes.txt") == "make play NAME=toy"
    assert command("book/runs/run.txt") == "make run"
    with pytest.raises(SelectionError, match="no command"):
        command("docs/faults.md")


# ---- Figures


@pytest.mark.parametrize("text", ["It has 4192 parameters.", "a loss of 3.3660", "$x = 0.5$", "(1, 2, 0.25)", "1,000 steps"])
def test_a_figure_typed_by_hand_is_found(text):
    assert typed_by_hand(text)


@pytest.mark.parametrize(
    "text",
    [
        "27 letters in 2026, GPT-2, C++20, UTF-8, f64",
        "{num}`params` and $x = \\num{half}$ and `--samples 100000`",
        "```{recorded} chapters/01-value/output.txt\nloss 3.3660\n```",
        "```{listing} a.cpp\n:from: step 1000\n```\n",
        "[paper](https://arxiv.org/abs/1706.03762)",
    ],
)
def test_what_is_not_typed_or_not_a_figure_is_let_through(text):
    assert typed_by_hand(text) == []


def test_prose_after_a_picture_is_prose_again():
    assert typed_by_hand("```{picture} a.svg\nA caption with 0.5.\n```\n\nA loss of 2.5.\n") == [(2, "0.5"), (5, "2.5")]


# ---- Where a number was written

PROGRAM = """\
void say(Numbers& numbers) {
    const Letter letters[] = {{"share-n", n}, {"share-m", m}};
    numbers.say("share-n", "%.2f", n);
    for (const std::string& letter : letters) numbers.say("share-" + letter, "%.2f", share(letter));
    const std::string key = "after-a-" + std::to_string(step);
    numbers.say(key + "-end", "%.2f", end);
    const auto both = [&](const std::string& key, double read) { numbers.say(key + "-read", "%.2f", read); };
    both("seeds", 1);
    passed_on(numbers, "spread", 2);
    numbers.recorded("share-of-it",
                     "output.txt", "share-n +([0-9]+)");
}
"""


def line_of(key):
    answers = [e for e in expressions("a.cpp", PROGRAM) if e.pattern.fullmatch(key)]
    return max(answers, key=lambda e: e.rank).place.line if answers else None


@pytest.mark.parametrize(
    ("key", "line"),
    [
        ("share-n", 3),  # where it is said, and not where it is listed
        ("share-l", 4),
        ("after-a-20-end", 6),  # and not where its first half gets a name
        ("seeds-read", 7),
        ("spread", 9),  # only passed on
        ("share-of-it", 10),
        ("after-b-20-end", None),  # which no such name makes
        ("nothing", None),
    ],
)
def test_a_key_leads_to_the_line_that_says_it(key, line):
    assert line_of(key) == line


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(BOOK)))
def test_every_number_leads_to_a_line_that_holds_its_key(page):
    for in_formula, in_text in ANYWHERE.findall(page.read_text()):
        key = in_formula or in_text
        path, line = written_at(BOOK.parent, key)
        words = re.findall(r'"([\w.-]+)"', (BOOK.parent / path).read_text().split("\n")[line - 1])
        assert any(word in key for word in words), f"{key}: {path}:{line}"


# ---- The commands that print a table's numbers

KEYS = re.compile(r'make number KEY=(?:"([^"]*)"|([\w.-]+))')
TABLE = re.compile(r"(?:^\|.*\n)+", re.MULTILINE)


def tables(page):
    """The keys in each table, and how those begin that a command near it prints."""
    for section in re.split(r"^#+ ", page.read_text(), flags=re.MULTILINE):
        named = " ".join(a or b for a, b in KEYS.findall(section)).split()
        for table in TABLE.findall(section):
            yield section.split("\n")[0], set(re.findall(r"\{num\}`([^`]+)`", table)), named


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(BOOK)))
def test_beside_each_table_stands_the_command_that_prints_its_numbers(page):
    for section, keys, named in tables(page):
        missing = {key for key in keys if not key.startswith(tuple(named))}
        assert not missing, f"{section}: no `make number` there prints {sorted(missing)}"
        idle = [begin for begin in named if not any(key.startswith(begin) for key in NUMBERS)]
        assert not idle, f"{section}: no number begins like {idle}"


PROGRAM_OF_NUMBERS = BOOK.parent / "build/book/numbers/numbers"


@pytest.mark.skipif(not PROGRAM_OF_NUMBERS.exists(), reason="the figures have not been compiled")
def test_the_command_prints_them():
    names = BOOK.parent / "build/data/names-at-hand"
    if subprocess.run([names], capture_output=True).returncode != 0:
        pytest.skip("names.txt is not at hand")
    begin = ("share-", "after-a", "look-up", "hand", "adam-at")
    printed = subprocess.run([PROGRAM_OF_NUMBERS, *begin], capture_output=True, text=True, check=True).stdout
    lines = dict(line.split(maxsplit=1) for line in printed.splitlines())
    assert lines == {key: said for key, said in NUMBERS.items() if key.startswith(begin)}


# ---- Questions


def test_a_question_and_its_answer_are_divided_once():
    assert cut(["How?", "", "---", "So."]) == (["How?", ""], ["So."])
    with pytest.raises(QuestionError, match="divided"):
        cut(["How?"])


def said(words, *wrong):
    return nodes.list_item("", *(nodes.paragraph("", "", nodes.Text(text)) for text in (words, *wrong)))


def test_the_right_choice_is_marked_and_the_mark_goes():
    right, wrong = choice_of(said("[x] None.")), choice_of(said("All.", "Because."))
    assert (right["right"], right.astext()) == (True, "None.")
    assert not wrong["right"]
    check([right, wrong], False)


def test_a_question_that_cannot_be_answered_is_an_error():
    right, wrong = choice_of(said("[x] None.")), choice_of(said("All.", "Because."))
    with pytest.raises(QuestionError, match="nobody says why"):
        check([right, choice_of(said("All."))], False)
    with pytest.raises(QuestionError, match="which one is right"):
        check([wrong, wrong], False)
    with pytest.raises(QuestionError, match="marked as right"):
        check([right], True)


def test_a_number_is_read_as_the_book_writes_it():
    assert [value(text) for text in ("4,192", "−3", "0.5")] == [4192, -3, 0.5]


@pytest.mark.parametrize(
    ("choice", "answer", "begins"),
    [("None.", "None, not even it.", "None. "), ("h and anna", "It comes twice.", "h and anna. "), ("157", "157. At each letter", "")],
)
def test_an_answer_begins_with_the_right_choice_once(choice, answer, begins):
    assert "".join(part.astext() for part in chosen([nodes.Text(choice)], answer)) == begins


CHAPTERS = [page for page in PAGES if page.parent.name == "chapters" and not re.search("workshop|larger", page.name)]
QUESTION = re.compile(r"^```\{question\} ([\w-]+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("page", CHAPTERS, ids=lambda page: page.stem)
def test_a_chapter_asks_three_questions_and_a_program_answers(page):
    asked = QUESTION.findall(page.read_text())
    assert len(asked) >= 3
    for name, text in asked:
        assert "{num}`" in text.split("\n---\n")[1], name


# ---- The map


def test_a_part_goes_to_where_the_next_begins():
    found = poster.parts(["a {", "  b", "c {"], [["a", 1, "one"], ["c", 2, "two"]])
    assert [(part.first, part.last, part.chapter) for part in found] == [(1, 2, 1), (3, 3, 2)]


@pytest.mark.parametrize("starts", [[["b", 1, "one"]], [["a", 1, "one"], ["x", 2, "two"]], [["a", 1, ""], ["c", 1, ""], ["b", 1, ""]]])
def test_a_map_that_leaves_a_line_out_is_an_error(starts):
    with pytest.raises(Exception, match="begin with|map.toml"):
        poster.parts(["a {", "  b", "c {"], starts)


def test_a_line_is_known_by_how_it_begins_if_no_other_begins_so():
    assert poster.number_of(["a {", "  b = 1;", "}"], "b =") == 2
    for words in ("c", "  b", "b = 2"):
        with pytest.raises(Exception, match="0 lines"):
            poster.number_of(["a {", "  b = 1;", "}"], words)
    with pytest.raises(Exception, match="2 lines"):
        poster.number_of(["}", "  }"], "}")


def test_each_line_is_a_row_and_blocks_of_one_chapter_share_a_rail():
    lines = ["a {", "  b <c>", "}", "d"]
    found = poster.parts(lines, [["a", 1, "one"], ["}", 1, "uno"], ["d", 2, "two"]])
    html = poster.text(lines, found, lambda part: f"#{part.label}")
    assert html.count('class="row"') == 4 and html.count('class="rail"') == 2
    assert '<a href="#uno" title="Lines 3 to 3: chapter 1">' in html and "b &lt;c&gt;" in html


# ---- How a page is set


@pytest.mark.parametrize("text", ["4192", "−0.25", "2.5 %", "×124", "7.4 ms", "32,033"])
def test_a_figure_is_one_and_a_word_is_none(text):
    assert setting.FIGURE.fullmatch(text)
    assert not setting.FIGURE.fullmatch(f"{text} names")


def test_a_column_of_figures_may_have_gaps_but_not_only_these():
    cells = lambda *texts: [nodes.entry("", nodes.paragraph(text=text)) for text in texts]
    assert setting.holds_figures(cells("1", "–", "2.5"))
    assert not setting.holds_figures(cells("1", "chapters 1 to 6"))
    assert not setting.holds_figures(cells("–", ""))


def test_an_aside_is_further_in():
    tree = '<li class="toctree-l1"><a class="reference internal" href="01-workshop.html">'
    assert finding.IN_CONTENTS.sub(r'<li class="\1 behind">', tree).startswith('<li class="toctree-l1 behind">')


def test_a_picture_of_bars_is_a_png():
    image = covers.png(4, 2, "#ffffff", [("#000", 1, 0, 2, 1)])
    assert image.startswith(b"\x89PNG") and image.endswith(b"IEND" + b"\xaeB`\x82")


def test_a_minus_after_a_sign_is_a_numbers_own():
    assert formulas.own_signs(formulas.convert(r"x = -\log p")).count('form="prefix"') == 1
    assert 'form="prefix"' not in formulas.own_signs(formulas.convert("a - b"))


@pytest.mark.parametrize("text", ["(0, ½)", "1·0 + 2·0 = 0", "0.85 · 0.300 − 0.15 = 0.105", "h an na h", "54.6 to 1", "12 · (1 + 2 + 3) · 16"])
def test_what_is_reckoned_in_a_table_stays_on_its_line(text):
    assert setting.is_reckoned(nodes.entry("", nodes.paragraph("", text)))


@pytest.mark.parametrize("text", ["a way to look back", "what holds it back", "the mask = a triangle"])
def test_words_in_a_table_are_broken(text):
    assert not setting.is_reckoned(nodes.entry("", nodes.paragraph("", text)))


def test_no_line_begins_with_what_follows_a_formula():
    text = nodes.paragraph("", "of (", nodes.math("", "x"), nodes.Text("), and "), nodes.math("", "y"), nodes.Text(" too"))
    setting.bind_formulas(SimpleNamespace(builder=SimpleNamespace(format="html")), text, "")
    assert [(part.astext(), part.get("classes")) for part in text if not isinstance(part, nodes.Text)] == [("(x),", ["whole"]), ("y", [])]
    assert text.astext() == "of (x), and y too"


def test_the_lines_of_a_listing_are_named_on_one_line():
    assert sources.source_reference("src/a.hpp", 1, 27).astext() == "src/a.hpp, lines\xa01\xa0to\xa027"


def test_formulas_that_stand_apart_may_stand_below_each_other():
    page = SimpleNamespace(body=[], builder=SimpleNamespace(app=SimpleNamespace(builder=SimpleNamespace(name="epub", format="html"))))
    with pytest.raises(nodes.SkipNode):
        formulas.visit_display(page, nodes.math_block("", r"x = 1 \qquad\qquad y = 2"))
    assert page.body[0].count("<math") == 2


def test_a_table_is_set_as_it_is_if_a_line_on_paper_holds_its_longest_row():
    def column(*said):
        return [], [nodes.entry("", nodes.paragraph("", text)) for text in said]

    assert setting.on_paper([column("5"), column("01-product"), column("the way back through a norm, and on it goes")]) == "rll"
    assert setting.on_paper([column("5"), column("m" * 50), column("n" * 50)]) == "RTT"
