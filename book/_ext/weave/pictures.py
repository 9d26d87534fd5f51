"""`picture`: a drawing that one of the programs made, with its caption.

    ```{picture} 03-bigram.svg
    After each letter, the share of every next one.
    ```

A page takes the drawing into itself, so that it changes colours with the page. Its title and its
description, which the program wrote, are what a screen reader says.
"""

import re
import subprocess
from pathlib import Path

from docutils import nodes

from .project import WeaveDirective, root

STYLE = re.compile(r"<style>\n?(.*?)</style>\n?", re.DOTALL)
DARK = re.compile(r"@media screen and \(prefers-color-scheme: dark\) \{\s*\.microgpt-figure \{(.*?)\}\s*\}\n", re.DOTALL)


class picture(nodes.General, nodes.Element):
    """A drawing, by its path."""


class Picture(WeaveDirective):
    required_arguments = 1
    has_content = True

    def run(self):
        path = self.root / "book/figures" / self.arguments[0]
        if not path.exists():
            raise self.error(f"{self.arguments[0]}: no program drew that into book/figures")
        self.depends_on(f"book/figures/{self.arguments[0]}")
        figure = nodes.figure("", picture(path=str(path)))
        if self.content:
            caption = nodes.caption()
            self.set_source_info(caption)
            for paragraph in self.parse_content_to_nodes():
                caption += paragraph.children
            figure += caption
        return [figure]


# ---- A page shows it in its own colours


PAPER = "--to-come: #868d95; --paper: #f6f8fa; --edge: #00000059;"
NIGHT = "--to-come: #6b737c; --paper: #1b1e23; --edge: #000c;"


def palette(app) -> dict[str, str]:
    """The pictures' colours on white, by name."""
    svg = next(iter(sorted((root(app) / "book/figures").glob("*.svg")))).read_text()
    return dict(re.findall(r"--([\w-]+): (#\w+)", STYLE.search(svg)[1].partition("@media")[0]))


def style_of(svg: str, dark_too: bool) -> str:
    """The drawings' style sheet, with its palette for the whole page, whose reader may choose dark or light."""
    css = STYLE.search(svg)[1]
    dark = DARK.search(css)[1] + NIGHT
    light = re.search(r"\.microgpt-figure \{(.*?--on-shade: #fff;)", css, re.DOTALL)[1]
    style = f"body {{{light}{PAPER}}}\n" + DARK.sub("", css).replace(light, "")
    if dark_too:
        style += (
            "@media screen {\n"
            f'body[data-theme="dark"] {{{dark}}}\n'
            f'@media (prefers-color-scheme: dark) {{ body:not([data-theme="light"]) {{{dark}}} }}\n'
            "}\n"
        )
    return style


def write_style(app):
    if app.builder.format != "html":
        return
    svg = next(iter(sorted((root(app) / "book/figures").glob("*.svg"))))
    static = Path(app.outdir) / "_static"
    static.mkdir(parents=True, exist_ok=True)
    (static / "pictures.css").write_text(style_of(svg.read_text(), dark_too=app.builder.name != "epub"))


def visit_html(self, node):
    svg = STYLE.sub("", Path(node["path"]).read_text())
    self.body.append(f'<div class="picture">{svg}</div>')
    raise nodes.SkipNode


# ---- On paper


def on_paper(builder, name: str, svg: str, size: str) -> str:
    """The drawing as a file beside the book's, and what includes it there."""
    pdf = Path(builder.outdir) / f"{name}.pdf"
    subprocess.run(["rsvg-convert", "-f", "pdf", "-o", pdf], input=svg.encode(), check=True)
    return rf"\includegraphics[{size}]{{{{{name}}}.pdf}}"


def visit_latex(self, node):
    source = Path(node["path"])
    self.body.append(on_paper(self.builder, source.stem, source.read_text(), "scale=.8") + "\n")
    raise nodes.SkipNode


def visit_text(self, node):
    raise nodes.SkipNode


def setup(app):
    app.add_directive("picture", Picture)
    app.add_node(
        picture,
        html=(visit_html, None),
        latex=(visit_latex, None),
        text=(visit_text, None),
    )
    app.connect("builder-inited", write_style)
    app.add_css_file("pictures.css")
