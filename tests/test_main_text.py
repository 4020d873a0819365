"""The main text of HTML pages: what the markup says of each line, and what becomes of it."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.main_text import COLLECTIONS, GoldPage, layout_pages, ours, score
from flows.batches import transform_record
from flows.extract import extract_batches, find_inputs
from flows.load.values import LoadItem
from flows.options import extract_limits
from flows.settings import Settings
from flows.text.html import parse_html, read_blocks, visible_text
from flows.text.metadata import read_html
from flows.transform import annotate, load_rules
from flows.values import Article, RawRecord

TITLE = "الحكومة تقر خطة لإعادة تأهيل شبكة المياه"
P1 = "أقرت الحكومة في جلستها الأسبوعية خطة لإعادة تأهيل شبكة المياه في ست مدن ساحلية، على أن يبدأ التنفيذ العام المقبل."
P2 = "وقال وزير الموارد المائية إن نصف المياه المنتجة يضيع قبل أن يصل إلى البيوت، وإن الأنابيب تعود إلى القرن الماضي."
P3 = "ومن المقرر أن يناقش البرلمان اتفاقية القرض في جلسة يعقدها الأسبوع المقبل بحضور رئيس الحكومة."
SHORT = "التفاصيل بعد قليل"
OTHER = "فريق طبي ينجح في زراعة قرنية صناعية لطفلة"
Q1 = "نجح فريق طبي في المستشفى الجامعي في زراعة قرنية صناعية لطفلة تبلغ من العمر سبع سنوات في عملية استغرقت خمس ساعات."
Q2 = "وذكرت رئيسة قسم العيون أن الطفلة استعادت جزءا من بصرها بعد أسبوع واحد، وأنها ستخضع لمتابعة تمتد عاما كاملا."
TEXT = f"<p>{P1}</p><p>{P2}</p><p>{P3}</p>"
HEAD = f'<meta property="og:title" content="{TITLE}">'


def page(body: str, head: str = HEAD) -> str:
    return f"<html><head>{head}</head><body>{body}</body></html>"


def roles(markup: str) -> dict[str, str]:
    """The role of each line."""
    found = read_html(markup)
    assert found.outline is not None
    return dict(zip(found.text.split("\n"), found.outline.roles, strict=True))


def articles(markup: str) -> list[Article]:
    return list(annotate(html=markup).articles)


@pytest.mark.parametrize(
    ("body", "line", "role"),
    [
        # the stated title, and what stands around it
        (f"<h1>{TITLE}</h1><div>{TEXT}</div>", TITLE, "title"),
        (f"<h1>{TITLE}</h1><div>{TEXT}</div>", P2, "text"),
        (f"<div>المدى الجديد</div><div><h1>{TITLE}</h1><div>{TEXT}</div></div>", "المدى الجديد", "chrome"),
        # a title that is no heading
        (f'<div class="t">{TITLE}</div><div>{TEXT}</div>', TITLE, "title"),
        # a title that links to its own page, above a text no longer than a teaser
        (f'<div><h1><a href="/1">{TITLE}</a></h1><p>{P1}</p><p>{SHORT}</p></div>', TITLE, "title"),
        (f'<div><h1><a href="/1">{TITLE}</a></h1><p>{P1}</p><p>{SHORT}</p></div>', SHORT, "text"),
        # a paragraph in the element of a heading
        (f"<h1>{TITLE}</h1><div><h3>{P1} {P2}</h3><h3>{P3} {P2}</h3></div>", f"{P3} {P2}", "text"),
        # menus, side columns and share bars by element, by role, by class, by id
        (f"<h1>{TITLE}</h1><nav>{SHORT}</nav><div>{TEXT}</div>", SHORT, "tail"),
        (f'<h1>{TITLE}</h1><div role="navigation">{SHORT}</div><div>{TEXT}</div>', SHORT, "tail"),
        (f'<h1>{TITLE}</h1><div>{TEXT}<div class="postShare">{SHORT}</div>{TEXT}</div>', SHORT, "chrome"),
        (f'<h1>{TITLE}</h1><div>{TEXT}<div id="read-also">{Q1}</div>{TEXT}</div>', Q1, "chrome"),
        # a class of the whole page says nothing of its parts
        (f'<div class="with-sidebar"><h1>{TITLE}</h1><div>{TEXT}</div></div>', P1, "text"),
        (f'<form><h1>{TITLE}</h1><div class="node-share">{TEXT}</div></form>', P1, "text"),
        # comments, however long
        (f'<div><h1>{TITLE}</h1><p>{P1}</p><div class="comments"><p>{Q1}</p><p>{Q2}</p></div></div>', Q1, "chrome"),
        # another article as a teaser: a link for a title and a little text
        (f'<div><h1>{TITLE}</h1>{TEXT}<div><h3><a href="1">{OTHER}</a></h3><p>{Q1}</p></div></div>', Q1, "chrome"),
        # captions and headings
        (f"<h1>{TITLE}</h1><div>{TEXT}<figure><figcaption>{SHORT}</figcaption></figure>{TEXT}</div>", SHORT, "caption"),
        (f'<h1>{TITLE}</h1><div>{TEXT}<p class="wp-caption-text">{SHORT}</p>{TEXT}</div>', SHORT, "caption"),
        (f"<h1>{TITLE}</h1><div>{TEXT}<h2>{SHORT}</h2>{TEXT}</div>", SHORT, "heading"),
        (f'<h1>{TITLE}</h1><div>{TEXT}</div><div class="tags">{SHORT}</div>', SHORT, "tail"),
        (f'<h1>{TITLE}</h1><span class="author">{SHORT}</span><div>{TEXT}</div>', SHORT, "plain"),
        (f'<h1>{TITLE}</h1><div class="author">{SHORT}</div><div>{TEXT}</div>', SHORT, "byline"),
        # a short line of the text, and a link within it
        (f"<h1>{TITLE}</h1><div>{TEXT}<p>{SHORT}</p>{TEXT}</div>", SHORT, "text"),
        (f'<h1>{TITLE}</h1><div>{TEXT}<p><a href="1">{OTHER}</a></p>{TEXT}</div>', OTHER, "link"),
        # an anchor without an address is no link
        (f'<h1>{TITLE}</h1><div><a name="x"><p>{P1}</p></a><p>{P2}</p></div>', P1, "text"),
        # a text in parts, and what stands below it under another name
        (f'<h1>{TITLE}</h1><div class="part">{TEXT}{TEXT}</div><div class="part"><p>{Q1}</p></div>', Q1, "plain"),
        (f'<h1>{TITLE}</h1><div class="part">{TEXT}{TEXT}</div><div class="about"><p>{Q1}</p></div>', Q1, "tail"),
        # microdata says which part is the text
        (f'<h1>{TITLE}</h1><div itemprop="articleBody">{TEXT}</div><div><p>{Q1}</p><p>{Q2}</p></div>', Q1, "tail"),
        # the same words again and again are buttons
        (f"<h1>{TITLE}</h1><div>{f'{TEXT}<div>{SHORT}</div>' * 3}</div>", SHORT, "chrome"),
    ],
)  # fmt: skip
def test_each_line_has_the_role_its_markup_gives_it(body: str, line: str, role: str) -> None:
    assert roles(page(body))[line] == role


def test_json_ld_says_which_lines_are_the_text() -> None:
    body = f"<div>{TITLE}</div><div>{P1}<br>{P2}</div><div>{Q1}<br>{Q2}</div>"
    stated = f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{P1} {P2}"}}</script>'
    assert {roles(page(body))[line] for line in (P1, Q1)} == {"text"}
    assert [roles(page(body, HEAD + stated))[line] for line in (P1, Q1)] == ["text", "tail"]


@pytest.mark.parametrize("head", ["", "<title>وكالة المدى للأنباء</title>"])
def test_a_title_nobody_states_is_the_heading_above_the_text_that_takes_it_up(head: str) -> None:
    body = f"<div><h1>وكالة المدى للأنباء</h1></div><div><h3>{TITLE}</h3>{TEXT}</div>"
    (article,) = articles(page(body, head))
    assert (article.title, article.body) == (TITLE, f"{P1}\n{P2}\n{P3}")


@pytest.mark.parametrize(
    ("before", "after"), [("<article>", "</article>"), ('<div class="post">', "</div>")], ids=["article", "div"]
)
def test_several_articles_of_one_page_are_told_apart(before: str, after: str) -> None:
    first = f"{before}<h2>{TITLE}</h2><time>8 مايو 2024</time>{TEXT}{TEXT}{after}"
    second = f"{before}<h2>{OTHER}</h2><time>3 مايو 2024</time><p>{Q1}</p><p>{Q2}</p><p>{Q1} {Q2}</p>{after}"
    found = articles(page(f"<nav>الرئيسية</nav>{first}{second}"))
    assert [(each.title, str(each.publication.local)[:10], each.is_embedded) for each in found] == [
        (TITLE, "2024-05-08", False), (OTHER, "2024-05-03", True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("markup", "published"),
    [
        # a stamp in a share bar below the title, in a foot of the article
        (f'<h1>{TITLE}</h1><div class="date-share">8 مايو 2024</div><div>{TEXT}</div>', "2024-05-08"),
        (f"<article><h1>{TITLE}</h1>{TEXT}<footer>نشر في 8 مايو 2024</footer></article>", "2024-05-08"),
        # the day of the crawl in the site's head, of a comment, of another article
        (f"<header>الخميس 9 مايو 2024</header><div><h1>{TITLE}</h1>{TEXT}</div>", "None"),
        (f'<div><h1>{TITLE}</h1>{TEXT}<div class="comments"><div>9 مايو 2024</div>{Q1}</div></div>', "None"),
        (
            f'<div><h1>{TITLE}</h1>{TEXT}<div class="related"><a href="1">{OTHER}</a><br>9 مايو 2024</div>{TEXT}</div>',
            "None",
        ),
    ],
)
def test_the_stamps_of_an_article_are_its_own(markup: str, published: str) -> None:
    (article,) = articles(page(markup))
    assert str(article.publication.local)[:10] == published


def test_what_is_beside_the_article_is_kept_without_one() -> None:
    found = annotate(
        html=page(f'<nav><a href="/">الرئيسية</a></nav><h1>{TITLE}</h1><div>{TEXT}</div><footer>{Q1}</footer>')
    )
    beside = [
        (segment.kind, found.text[segment.start : segment.end]) for segment in found.segments if segment.article is None
    ]
    assert beside == [("navigation", "الرئيسية"), ("boilerplate", Q1)]


@pytest.mark.parametrize("title", [None, TITLE, OTHER])
def test_a_page_in_a_field_is_read_as_a_page(tmp_path: Path, title: str | None) -> None:
    markup = page(f'<nav>{Q2}</nav><h1>{TITLE}</h1><div>{TEXT}</div><div class="related"><p>{Q1}</p></div>')
    (tmp_path / "page.html").write_text(markup, encoding="utf-8")
    (tmp_path / "pages.jsonl").write_text(json.dumps({"html": markup, "title": title}), encoding="utf-8")
    limits = extract_limits(Settings())
    for name in ("page.html", "pages.jsonl"):
        ((record,),) = extract_batches(find_inputs([str(tmp_path / name)]), limits)
        assert isinstance(record, RawRecord)
        item = transform_record(record, load_rules(), None)
        assert isinstance(item, LoadItem)
        assert item.annotation is not None
        (article,) = item.annotation.articles
        assert (article.title, article.body) == (TITLE, f"{P1}\n{P2}\n{P3}")


@pytest.mark.parametrize("markup", ["", "<html></html>", "<nav><a href='/'>الرئيسية</a></nav>", "<p>غزة</p>"])
def test_a_page_without_prose_has_no_outline(markup: str) -> None:
    assert read_html(markup).outline is None


@pytest.mark.parametrize(
    "gold", [page for name in COLLECTIONS for page in layout_pages(name)], ids=lambda gold: gold.name
)
def test_the_main_text_of_every_layout_is_found(gold: GoldPage) -> None:
    found = score(gold, ours(gold.html))
    assert (found.title, found.recall >= 0.97) == (1, True)
    # below a text of one paragraph the notices of a site without any telling markup are taken for its end
    assert found.precision >= (0.5 if gold.name.startswith("long_footer") else 0.84)


@given(
    st.lists(
        st.sampled_from(
            ["<div>", "</div>", "<p>", "</p>", "<article>", "</article>", '<div class="share">', "<h1>", "</h1>",
             "<h3>", '<a href="x">', "</a>", "<figcaption>", "<td>", "<li>", "<br>", P1, P2, TITLE, SHORT, "\u200f"]
        )
    )
)  # fmt: skip
@settings(max_examples=200, deadline=None)
def test_an_outline_has_a_role_for_every_line(pieces: list[str]) -> None:
    found = read_html(page("".join(pieces)))
    assert found.text == visible_text(page("".join(pieces)))
    if found.outline is not None:
        starts = [at for at in range(len(found.text)) if at == 0 or found.text[at - 1] == "\n"]
        assert list(found.outline.starts) == starts
        assert len(found.outline.roles) == len(starts)


@pytest.mark.parametrize(
    "unit",
    [
        f"<p>{P1}</p>", f"<div><p>{P1}</p>", f'<div class="x"><h3><a href="1">{OTHER}</a></h3>{P1}</div>',
        f"<article><h2>{OTHER}</h2><p>{P1}</p><p>{P2}</p></article>", f"<li>{SHORT}", "<div><div><b>",
        '"articleBody":"\\',
    ],
)  # fmt: skip
def test_time_grows_with_the_page_and_no_faster(unit: str) -> None:
    def seconds(count: int) -> float:
        root = parse_html(page(f"<h1>{TITLE}</h1>{unit * count}"))
        assert root is not None
        begin = time.process_time()
        read_blocks(root)
        read_html(page(f"<h1>{TITLE}</h1>{unit * count}"))
        return time.process_time() - begin

    seconds(10)
    small = min(seconds(200) for _ in range(3))
    assert min(seconds(2_000) for _ in range(2)) < 40 * small + 0.05
