"""What a request asks for, by the letter of the recommendation; nothing here needs a server."""

from __future__ import annotations

import pytest

from kg.serve.protocol import DIRECT, FORM, RefusedError, Request, choose_type, read_get, read_post

ASK = "ASK { ?a ?b ?c }"

ACCEPTED = [
    (lambda: read_get(b"query=ASK%20%7B%20?a%20?b%20?c%20%7D"), Request(ASK)),
    (lambda: read_get(b"query=ASK+%7B+?a+?b+?c+%7D&unknown=1"), Request(ASK)),
    (lambda: read_post(b"", FORM, b"query=ASK+%7B+?a+?b+?c+%7D"), Request(ASK)),
    (lambda: read_post(b"", f"{FORM}; charset=UTF-8", b"query=ASK+%7B+?a+?b+?c+%7D"), Request(ASK)),
    (lambda: read_post(b"", DIRECT, ASK.encode()), Request(ASK)),
    (lambda: read_post(b"", f'{DIRECT.title()};charset="utf-8"', ASK.encode()), Request(ASK)),
    (
        lambda: read_post(b"default-graph-uri=a:x&default-graph-uri=a:y", DIRECT, ASK.encode()),
        Request(ASK, ("a:x", "a:y"), ()),
    ),
    (
        lambda: read_post(b"default-graph-uri=a:x", FORM, b"query=ASK+%7B+?a+?b+?c+%7D&named-graph-uri=a:n"),
        Request(ASK, ("a:x",), ("a:n",)),
    ),
    (lambda: read_get(b"named-graph-uri=a:n&query=" + ASK.encode()), Request(ASK, (), ("a:n",))),
    (lambda: read_get(b""), None),
]


@pytest.mark.parametrize(("read", "request_"), ACCEPTED)
def test_every_way_to_send_a_query_is_understood(read, request_):
    assert read() == request_


REFUSED = [
    (lambda: read_get(b"query=a&query=b"), 400, "twice"),
    (lambda: read_get(b"default-graph-uri=a:x"), 400, "missing"),
    (lambda: read_get(b"query=%FF%FE"), 400, "UTF-8"),
    (lambda: read_get(b"query=\xff"), 400, "UTF-8"),
    (lambda: read_get(b"query=a&default-graph-uri=relative"), 400, "absolute IRI"),
    (lambda: read_get(b"query=a&named-graph-uri=a:b%20c"), 400, "absolute IRI"),
    (lambda: read_get(b"&".join([b"x=1"] * 200)), 400, "more than 100"),
    (lambda: read_get(b"query=" + b"%7B" * 101), 400, "nested"),
    (lambda: read_get(b"update=CLEAR+ALL"), 403, "read only"),
    (lambda: read_post(b"", FORM, b"update=CLEAR+ALL"), 403, "read only"),
    (lambda: read_post(b"", "application/sparql-update", b"CLEAR ALL"), 403, "read only"),
    (lambda: read_post(b"", "", ASK.encode()), 415, "without a type"),
    (lambda: read_post(b"", "text/plain", ASK.encode()), 415, "text/plain"),
    (lambda: read_post(b"", f"{DIRECT}; charset=UTF-16", ASK.encode("utf-16")), 415, "utf-16"),
    (lambda: read_post(b"", DIRECT, "惠科".encode("gbk")), 400, "UTF-8"),
    (lambda: read_post(b"query=a", DIRECT, b"b"), 400, "once"),
    (lambda: read_post(b"query=a", FORM, b"query=b"), 400, "twice"),
    (lambda: read_post(b"", FORM, b""), 400, "missing"),
]


@pytest.mark.parametrize(("read", "status", "reason"), REFUSED)
def test_what_is_malformed_gets_its_status_and_a_reason(read, status, reason):
    with pytest.raises(RefusedError, match=reason) as caught:
        read()
    assert caught.value.status == status


def test_brackets_in_strings_iris_and_comments_do_not_nest():
    query = "SELECT * { ?a ?b '" + "{" * 500 + "' } # " + "(" * 500
    assert read_post(b"", DIRECT, query.encode()) == Request(query)


OFFERS = ["application/json", "text/csv", "text/turtle"]
CHOICES = [
    ("", "application/json"),
    ("*/*", "application/json"),
    ("text/*", "text/csv"),
    ("text/csv;q=0.5, text/turtle", "text/turtle"),
    ("text/csv;q=0.5, */*;q=0.4", "text/csv"),
    ("application/json;q=0, */*", "text/csv"),
    ("TEXT/TURTLE; charset=utf-8; q=0.9", "text/turtle"),
    ("text/html,application/xhtml+xml,*/*;q=0.8", "application/json"),
    ("image/png", None),
    ("*/*;q=0", None),
    ("text/csv;q=high", None),
]


@pytest.mark.parametrize(("accept", "chosen"), CHOICES)
def test_the_best_liked_type_is_chosen(accept, chosen):
    assert choose_type(accept, OFFERS) == chosen
