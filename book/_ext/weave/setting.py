"""How a page is set: figures stand under each other, short code stays on its line, a letter is a variable's."""

import re

from docutils import nodes
from sphinx import addnodes

# What a column of numbers is made of: 4192, −0.25, 2.5 %, ×124, 7.4 ms, 3.3660 to 2.6497.
FIGURE = re.compile(r"[−+×~-]?\d[\d,. ]*(\s?(%|×|x|s|ms|µs|kB|MB|GB|GFLOP/s))?")
NOTHING = ("", "–", "—", "-", "none", "infinite")
LINE = 84  # characters that one holds on paper
GAP = 3  # of them between two columns
SHORT = 24  # characters that a phone has room for, wherever they begin
BOUND = re.compile(r"[,.;:?!)’”]+")  # what never begins a line


def columns_of(table: nodes.table) -> list[tuple[list[nodes.entry], list[nodes.entry]]]:
    """Of each column the cells of its head and those below; none of a table in which a cell spans several."""
    if any("morecols" in entry or "morerows" in entry for entry in table.findall(nodes.entry)):
        return []
    head = [row.children for part in table.findall(nodes.thead) for row in part]
    body = [row.children for part in table.findall(nodes.tbody) for row in part]
    return list(zip(map(list, zip(*head)) if head else [[]] * len(body[0]), map(list, zip(*body))))


def holds_figures(cells: list[nodes.entry]) -> bool:
    said = [text for cell in cells if (text := cell.astext().strip()) not in NOTHING]
    return bool(said) and all(FIGURE.fullmatch(text) for text in said)


def fits(columns) -> bool:
    """Whether a line on paper holds every row as it is."""
    return sum(max(len(cell.astext()) for cell in [*head, *body]) + GAP for head, body in columns) <= LINE


def on_paper(columns) -> str:
    """What LaTeX calls them: figures to the right; words to the left, or broken where a row does not fit."""
    figures, words = "rl" if fits(columns) else "RT"
    return "".join(figures if holds_figures(body) else words for _, body in columns)


def is_reckoned(cell: nodes.entry) -> bool:
    """(0, ½), h an na h or 1·0 + 2·0 = 0: what is no longer seen for what it is if it is broken."""
    text = cell.astext()
    return not re.search(r"[^\W\d_]{5}", text) and (len(text) <= 16 or " = " in text or " · " in text)


def set_page(app, doctree):
    for table in list(doctree.findall(nodes.table)):
        columns = columns_of(table)
        for head, body in columns:
            for cell in body:
                cell["classes"] = ["whole"] if is_reckoned(cell) else ["words"] if len(cell.astext()) > SHORT else []
            if holds_figures(body):
                for cell in [*head, *body]:
                    cell["classes"] = ["numbers"]
        if columns and (fits(columns) or len(columns[0][1]) <= 30):  # LaTeX breaks no row of a table that fills pages
            table.parent.insert(table.parent.index(table), addnodes.tabular_col_spec(spec=on_paper(columns)))
    for code in doctree.findall(nodes.literal):
        if len(code.astext()) <= SHORT:
            code["classes"].append("short")
    for said in doctree.findall(nodes.emphasis):
        if len(said.astext()) == 1:
            said["classes"].append("variable")


def bind_formulas(app, doctree, docname):
    """Where browsers may break a line before what follows a formula, and after a bracket that opens before one."""
    if app.builder.format != "html":
        return
    for formula in list(doctree.findall(nodes.math)):
        row, at = formula.parent, formula.parent.index(formula)
        before, after = row[at - 1] if at else None, row[at + 1] if at + 1 < len(row) else None
        bound = nodes.inline("", "", formula.deepcopy(), classes=["whole"])
        if isinstance(before, nodes.Text) and before.endswith("("):
            row[at - 1] = nodes.Text(before[:-1])
            bound.insert(0, nodes.Text("("))
        if isinstance(after, nodes.Text) and (signs := BOUND.match(after)):
            row[at + 1] = nodes.Text(after[signs.end():])
            bound += nodes.Text(signs[0])
        if len(bound) > 1:
            row[at] = bound


def setup(app):
    app.connect("doctree-read", set_page)
    app.connect("doctree-resolved", bind_formulas)
