"""The last touch to the pages: what the theme leaves unsaid to those who listen, and weight that nobody sees."""

import re
from pathlib import Path

from sphinx.errors import ExtensionError

# Where the theme folds its sidebar away, as on a phone, the page has a field of its own.
SEARCH = """<form class="search-here" method="get" action="#" role="search" aria-label="This page's">
<input name="q" type="search" placeholder="Search" aria-label="Search this book"><button type="submit">Search</button>
</form>"""

MENDED = {
    'class="headerlink" href': 'class="headerlink" tabindex="-1" href',  # the contents lead there, too
    'role="heading"': 'role="heading" aria-level="2"',
    '<aside class="sidebar-drawer"': '<aside class="sidebar-drawer" aria-label="The book"',
    '<aside class="toc-drawer': '<aside aria-label="This page" class="toc-drawer',
    '<div id="search-results">': f'<h1>Search</h1>\n{SEARCH}\n<div id="search-results" role="region" aria-label="Results">',
}
# What looks like the text around it needs no span of its own: a third of a page of code.
PLAIN = re.compile(r'<span class="(?:n|p|w)">([^<]*)</span>')
# The reference's names in older spellings, and a span for each word of it.
OLD_NAMES = re.compile(r'<span id="(?:_CPPv[23]|microgpt::)[^"]*"></span>')
WORD = re.compile(r'<span class="pre">([^<]*)</span>')


def mend(app, error):
    if error or app.builder.name != "html":
        return
    pages = sorted(Path(app.outdir).rglob("*.html"))
    used = set()
    for page in pages:
        text = mended = page.read_text()
        for said, meant in MENDED.items():
            if meant in mended:
                used.add(said)
            elif said in mended:
                used.add(said)
                mended = mended.replace(said, meant)
        if page.parent.name == "api":
            mended = PLAIN.sub(r"\1", WORD.sub(r"\1", OLD_NAMES.sub("", mended)))
        mended = PLAIN.sub(r"\1", mended)
        if mended != text:
            page.write_text(mended)
    if used != MENDED.keys():
        raise ExtensionError(f"the theme no longer says {MENDED.keys() - used}")


def setup(app):
    app.connect("build-finished", mend)
