"""`live`: a picture under which the program itself answers, where a browser can run it.

    ````{live} walk
    :ask: Which of them gets a gradient first?

    ```{picture} 01-tape.svg
    Above, the tape after the forward pass: four records.
    ```
    ````

The picture comes first, and is all there is on paper, in the e-book, without scripts, and where the module
has not been made. Otherwise the page gets book/live/frame.js, and book/live/walk.js beside it.
"""

import shutil
from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import directives

from .project import WeaveDirective, root


class live(nodes.General, nodes.Element):
    """A picture, and the name of what answers under it."""


class Live(WeaveDirective):
    required_arguments = 1
    has_content = True
    option_spec = {"ask": directives.unchanged_required}

    def run(self):
        name = self.arguments[0]
        if not (self.root / f"book/live/{name}.js").exists():
            raise self.error(f"there is no book/live/{name}.js")
        place = live(name=name, ask=self.options.get("ask", ""))
        place += self.parse_content_to_nodes()
        return [place]


def engine(app) -> Path:
    return root(app) / "build/book/live/engine.js"


def answers(app) -> bool:
    return app.builder.name == "html" and engine(app).exists()


# ---- The pages, and what they load


def visit_html(self, node):
    if not answers(self.builder.app):
        return
    ask = self.attval(node["ask"])
    self.body.append(f'<div class="live" id="live-{node["name"]}" data-live="{node["name"]}" data-ask="{ask}">')


def depart_html(self, node):
    if answers(self.builder.app):
        self.body.append("</div>\n")


def ignore(self, node):
    pass


def add_scripts(app, pagename, templatename, context, doctree):
    if doctree is None or not answers(app):
        return
    names = [node["name"] for node in doctree.findall(live)]
    if names:
        app.add_css_file("live/live.css")
        for script in ("frame", *names):
            app.add_js_file(f"live/{script}.js", loading_method="defer")


def copy(app):
    if app.builder.name != "html":
        return
    if not answers(app):
        print("no module was made for the pages (it needs em++): their pictures stay pictures")
        return
    there = Path(app.outdir) / "_static/live"
    there.mkdir(parents=True, exist_ok=True)
    here = root(app) / "book/live"
    for path in (engine(app), here / "live.css", *sorted(here.glob("*.js"))):
        if path.name != "worker.js":  # it is in the engine
            shutil.copyfile(path, there / path.name)


def setup(app):
    app.add_directive("live", Live)
    app.add_node(live, html=(visit_html, depart_html), latex=(ignore, ignore), text=(ignore, ignore))
    app.connect("builder-inited", copy)
    app.connect("html-page-context", add_scripts)
