"""How a page is found, and how one goes on from it: asides do not stand between two chapters."""

import re
from html import escape

from docutils import nodes

ASIDE = re.compile(r"chapters/(\d\d)-workshop")
IN_CONTENTS = re.compile(r'<li class="(toctree-l1[^"]*)">(?=<a class="[^"]*" href="[^"]*\d\d-workshop\.html"|<a class="current reference internal" href="#">Behind)')
ICONS = '<link rel="apple-touch-icon" href="{}">'


def title(app, docname: str) -> str:
    return escape(app.env.titles[docname].astext())


def reading_order(env) -> list[str]:
    """The first page and those of the book, in order."""
    return [env.config.root_doc, *env.toctree_includes[env.config.root_doc]]


def go_on(app, pagename, context):
    """From a chapter to the next one; what is behind it is said beside. From there on to the next chapter, too."""
    pages = [name for name in reading_order(app.env) if name in app.env.titles]
    if pagename not in pages:
        return
    at = pages.index(pagename)
    chapters = lambda names: (name for name in names if not ASIDE.match(name))
    link = lambda name: {"link": app.builder.get_relative_uri(pagename, name), "title": title(app, name)} if name else None
    context["next"] = link(next(chapters(pages[at + 1 :]), None)) or context.get("next")
    context["prev"] = link(next(chapters(reversed(pages[:at])), None))
    behind = pages[at + 1] if at + 1 < len(pages) and ASIDE.match(pages[at + 1]) else None
    context["aside"] = link(behind)


def first_sentences(doctree) -> str:
    """What a search engine shows under a page's title."""
    text = ""
    for paragraph in doctree.findall(nodes.paragraph) if doctree else ():
        text = f"{text} {' '.join(paragraph.astext().split())}".strip()
        if len(text) > 80:
            break
    return text if len(text) <= 200 else text[:197].rsplit(" ", 1)[0] + "…"


def say(app, context, doctree):
    """What others show of a page: its description, its title, and the book's picture."""
    description = escape(first_sentences(doctree) or f"{context.get('title', '')}: a page of {app.config.project}")
    said = [("name", "description", description), ("property", "og:title", escape(nodes.unescape(re.sub("<[^>]*>", "", context.get("title") or ""))))]
    said += [("property", "og:description", description), ("property", "og:type", "article"), ("name", "twitter:card", "summary_large_image")]
    if app.config.html_baseurl:
        said.append(("property", "og:image", f"{app.config.html_baseurl.rstrip('/')}/_static/cover.png"))
    tags = "".join(f'\n<meta {kind}="{name}" content="{content}">' for kind, name, content in said)
    icon = ICONS.format(context["pathto"]("_static/icon.png", 1))
    context["metatags"] = f"{context.get('metatags') or ''}{tags}\n{icon}\n"


def prepare(app, pagename, templatename, context, doctree):
    context["language"] = "en-GB"  # the theme's own words are the same in both
    if app.builder.name != "html":
        return
    go_on(app, pagename, context)
    say(app, context, doctree)
    if tree := context.get("furo_navigation_tree"):
        context["furo_navigation_tree"] = IN_CONTENTS.sub(r'<li class="\1 behind">', tree)


def missing_page(app):
    if app.builder.name == "html":
        body = '<h1>There is no such page</h1>\n<p>It may have moved. <a href="index.html">The first page</a> leads to all others, and so does the search.</p>'
        yield "404", {"title": "There is no such page", "body": body}, "404.html"


def setup(app):
    app.connect("html-page-context", prepare, priority=900)  # after the theme's
    app.connect("html-collect-pages", missing_page)
