"""How a page is set: figures stand under each other, short code stays on its line, a letter is a variable's."""

import re

from docutils import nodes

# What a column of numbers is made of: 4192, −0.25, 2.5 %, ×124, 7.4 ms, 3.3660 to 2.6497.
FIGURE = re.compile(r"[−+×~-]?\d[\d,. ]*(\s?(%|×|x|s|ms|µs|kB|MB|GB|GFLOP/s))?")
NOTHING = ("", "–", "—", "-")
SHORT = 24  # characters that a phone has room for, wherever they begin


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


def set_page(app, doctree):
    for table in doctree.findall(nodes.table):
        for head, body in columns_of(table):
            if holds_figures(body):
                for cell in [*head, *body]:
                    cell["classes"] = ["numbers"]
    for code in doctree.findall(nodes.literal):
        if len(code.astext()) <= SHORT:
            code["classes"].append("short")
    for said in doctree.findall(nodes.emphasis):
        if len(said.astext()) == 1:
            said["classes"].append("variable")


def setup(app):
    app.connect("doctree-read", set_page)
