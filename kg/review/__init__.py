"""What people could decide about a graph, the most valuable question first, and what their answers mean.

Questions come out of the graph alone, so that they can be asked of any graph of this program; answers become entries
of the curation file (docs/curation.md).
"""

from __future__ import annotations

from kg.review.ask import Answer, Question, find_questions

__all__ = ["Answer", "Question", "find_questions"]
