"""Formulas as MathML, which browsers and e-book readers set themselves: no script and no font to fetch."""

from docutils import nodes
from latex2mathml.converter import convert


def mathml(tex: str, display: str) -> str:
    found = convert(tex.strip(), display=display)
    return found.replace("<math ", '<math class="formula" ', 1)


def visit_inline(self, node):
    self.body.append(mathml(node.astext(), "inline"))
    raise nodes.SkipNode


def visit_display(self, node):
    self.body.append(f'<div class="math">{mathml(node.astext(), "block")}</div>\n')
    raise nodes.SkipNode


def setup(app):
    app.add_html_math_renderer("mathml", (visit_inline, None), (visit_display, None))
