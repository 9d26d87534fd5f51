"""Formulas as MathML, which browsers and e-book readers set themselves: no script and no font to fetch."""

import re

from docutils import nodes
from latex2mathml.converter import convert

from . import numbers
from .project import root
from .written import written_at

# A minus after another sign is a number's own, and stands close to it.
SIGN = re.compile(r"(<mo[^>]*>(?:=|&#x0003D;|&#x0002C;|,|&#x00028;|\(|&#x000D7;|&#x000B7;|&#x022C5;|&#x02248;)</mo>)<mo>(?=(?:&#x02212;|−)</mo>)")


def own_signs(found: str) -> str:
    return SIGN.sub(r'\1<mo form="prefix">', found)


def mathml(app, tex: str, display: str) -> str:
    def data(found):
        place = written_at(root(app), found[1])
        return f"<mrow {numbers.data(place, found[1])}>" if place else found[0]

    found = convert(tex.strip(), display=display)
    if numbers.on_pages(app):
        found = re.sub(r'<mrow class="([\w.-]+)">', data, found)
    return own_signs(found).replace("<math ", '<math class="formula" ', 1)


def visit_inline(self, node):
    self.body.append(mathml(self.builder.app, node.astext(), "inline"))
    raise nodes.SkipNode


def visit_display(self, node):
    parts = re.split(r"(?:\\qquad\s*)+", node.astext())
    formulas = "\n".join(mathml(self.builder.app, part, "block") for part in parts)  # which stand below each other on a phone
    self.body.append(f'<div class="math">{formulas}</div>\n')
    raise nodes.SkipNode


def setup(app):
    app.add_html_math_renderer("mathml", (visit_inline, None), (visit_display, None))
