"""How Sphinx makes the book. `make book` calls it; book/_ext/weave is what is special about it."""

import re
import sys
from pathlib import Path

here = Path(__file__).parent
sys.path.insert(0, str(here / "_ext"))

project = "microgpt in C++"
author = "the authors of microgpt in C++"
copyright = author
version = release = re.search(r"project\(.* VERSION ([\d.]+)", (here.parent / "CMakeLists.txt").read_text())[1]
language = "en"
root_doc = "index"
exclude_patterns = ["_build", "_ext", "tests", "numbers", "pictures", "figures", "live", "node_modules"]

extensions = [
    "myst_parser",
    "sphinx_copybutton",
    "breathe",
    "weave",
]

# ---- The text
myst_enable_extensions = ["dollarmath", "amsmath", "colon_fence", "deflist", "attrs_inline", "smartquotes"]
myst_heading_anchors = 3
smartquotes = True
html_math_renderer = "mathml"
highlight_language = "cpp"
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "github-dark"
copybutton_prompt_text = "$ "
copybutton_exclude = ".linenos"

# ---- The library's names
breathe_projects = {"microgpt": str(here.parent / "build/doxygen/xml")}
breathe_default_project = "microgpt"
breathe_domain_by_extension = {"hpp": "cpp"}
breathe_show_include = False
suppress_warnings = ["duplicate_declaration.cpp"]  # each header opens namespace microgpt again
nitpick_ignore_regex = [(r"cpp:.*", r"(std|nlohmann|hwy)(::.*)?"), (r"cpp:.*", r"u?int\d+_t|stat|microgpt|SIZE_MAX|Node|BasicGpt<.*")]

# ---- Pages
html_theme = "furo"
html_title = project
html_static_path = ["_static"]
html_css_files = ["book.css"]
html_search_scorer = str(here / "_static/scorer.js")
html_favicon = "_static/favicon.svg"
html_js_files = ["book.js", "written.js", "questions.js"]
html_copy_source = False
html_show_sourcelink = False
html_show_search_summary = False  # it would fetch every page found, which file:// forbids
html_theme_options = {"navigation_with_keys": True, "sidebar_hide_name": False}

# ---- E-book and paper
epub_basename = "microgpt-in-cpp"
epub_show_urls = "no"
epub_language = "en-GB"
epub_css_files = ["book.css"]
epub_exclude_files = ["search.html"]
latex_engine = "xelatex"
latex_use_xindy = False
latex_show_urls = "footnote"
latex_documents = [(root_doc, "microgpt-in-cpp.tex", project, author, "manual")]
latex_elements = {
    "papersize": "a4paper",
    "pointsize": "11pt",
    "extraclassoptions": "openany,oneside",
    "geometry": r"\usepackage[left=28mm,right=22mm,top=25mm,bottom=28mm]{geometry}",
    "fontpkg": r"""
\setmainfont{TeX Gyre Pagella}
\setsansfont{TeX Gyre Heros}
\setmonofont[Scale=0.9]{DejaVu Sans Mono}
% What a terminal draws with dots is in no font of even width.
\usepackage[BraillePatterns]{ucharclasses}
\newfontfamily\braille{DejaVu Sans}[Scale=0.674]
\setTransitionsFor{BraillePatterns}{\begingroup\braille}{\endgroup}
\newfontfamily\elsewhere{DejaVu Serif}[Scale=MatchLowercase]
\usepackage{newunicodechar}
"""
    # Signs that Pagella lacks.
    + "".join(rf"\newunicodechar{{{sign}}}{{{{\elsewhere {sign}}}}}" for sign in "ᵀ⁻⁵⁶⁷⁸⁹⅓⅔⅕⅗⅛"),
    # A hundred columns of code fit between the margins.
    "fvset": r"\fvset{fontsize=\fontsize{8.1}{10}\selectfont}",
    "fncychap": "",
    "preamble": r"""
\setcounter{secnumdepth}{-1}  % the titles of chapters have their numbers
\setcounter{tocdepth}{1}
\usepackage[font=small]{caption}
\usepackage{xurl}  % an address may be broken anywhere
% A listing is known by where it is from, and has no number.
\makeatletter
\renewcommand*\sphinxSetupCaptionForVerbatim[1]{\needspace{\sphinxliteralblockneedspace}\def\sphinxVerbatimTitle{%
  \py@NormalColor\captionsetup{labelformat=empty, labelsep=none, justification=raggedright, singlelinecheck=false}%
  \sphinxcaption{\sphinxLiteralBlockLabel #1}}}
\makeatother
% A picture shares its page with text where it can, and no column of a table is narrower than a word.
\renewcommand{\topfraction}{.85}
\renewcommand{\bottomfraction}{.7}
\renewcommand{\textfraction}{.1}
\renewcommand{\floatpagefraction}{.75}
\AddToHook{cmd/section/before}{\needspace{9\baselineskip}}
\setlength{\tymin}{4.5em}
\setlength{\tymax}{.6\textwidth}
""",
    "sphinxsetup": "verbatimwrapslines=false, VerbatimColor={rgb}{1,1,1}, VerbatimBorderColor={rgb}{.8,.8,.8}, VerbatimHighlightColor={rgb}{.92,.97,.92},"
    " TitleColor={rgb}{0,0,0}, InnerLinkColor={rgb}{0,.27,.55}, OuterLinkColor={rgb}{0,.27,.55}",
    "printindex": r"\footnotesize\raggedright\printindex",
}
