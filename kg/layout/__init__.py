"""A page taken apart into its articles.

lines → paragraphs → groups → articles: `lines` knows widths and page marks, `paragraphs` tells prose from headings,
`grouping` finds which of them belong together, `bylines` and `heads` read who, when and where. A page whose lines are
whole paragraphs (one article to a file, as archives keep them) takes the short way through `plain`.
"""

from __future__ import annotations

from kg.layout.articles import find_articles

__all__ = ["find_articles"]
