"""The parts of the pages: each in the gallery in both languages, nothing inline anywhere, refusals that lead on."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from string import Formatter

import pytest
from django.contrib.staticfiles import finders
from django.template import Context, Template
from django.test import Client, RequestFactory

from chungsuc.accounts.rules import VISITOR, Person, Role
from chungsuc.doors.ui.mending import page_mend
from chungsuc.doors.ui.templatetags.parts import register
from chungsuc.doors.ui.templatetags.words import may
from chungsuc.kit import catalogue
from chungsuc.kit.errors import Reason
from tests.doors.test_desk import PAGES
from tests.house.source import PACKAGE

UI = PACKAGE / "doors" / "ui"
GALLERY = PACKAGE / "doors" / "desk" / "pages" / "desk" / "gallery.html"
AT = "at=2019-12-31"
OTHERS = ["/ui", "/sign-in", f"/board?{AT}", f"/map?{AT}", "/search", "/search?q=thu", "/nowhere", "/units/77777"]
OTHERS += ["/?at=hom-qua", f"/criteria/xa-ntm-2016-2020/criteria/4?{AT}"]


@pytest.fixture
def reader(settled: None, settings) -> Client:
    settings.CHUNGSUC_DEMO = True
    return Client()


class Walk(HTMLParser):
    """Reads a page as the policy does: what would be blocked, what would be asked of another host."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self.ids: Counter[str] = Counter()
        self.refers: list[str] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        self.inside = tag
        self.wrong += [f"<{tag} {name}>" for name in facts if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in facts and facts.get("type") != "application/json"):
            self.wrong.append(f"<{tag}>")
        loads = (
            facts.get("src") or (facts.get("href") if tag in ("link", "use", "image") else "") or facts.get("action")
        )
        if loads and not loads.startswith(("/", "#", "data:", "?")):
            self.wrong.append(f"<{tag} {loads}>")
        if tag == "img" and "alt" not in facts:
            self.wrong.append("<img> without alt")
        if facts.get("href", "").lower().startswith("javascript"):
            self.wrong.append(facts["href"])
        if "id" in facts:
            self.ids[facts["id"]] += 1
        for name in ("aria-labelledby", "aria-describedby", "for"):
            self.refers += facts.get(name, "").split()


def walked(page: str) -> Walk:
    walk = Walk()
    walk.feed(page)
    return walk


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("address", [*PAGES, *OTHERS])
def test_no_page_has_anything_inline_or_from_elsewhere(reader, address, lang):
    answer = reader.get(address, headers={"Cookie": f"lang={lang}"})
    page = answer.content.decode()
    assert answer["Content-Type"].startswith("text/html") and f'<html lang="{lang}"' in page
    walk = walked(page)
    assert walk.wrong == []
    assert [name for name, count in walk.ids.items() if count > 1] == []
    assert [name for name in walk.refers if name not in walk.ids] == []


def test_the_walk_sees_what_it_looks_for():
    bad = '<p style="x" onclick="y"><style></style><script>1</script><img src="//elsewhere/x"><i id="a"><i id="a">'
    walk = walked(bad + '<script type="application/json">{}</script><input aria-describedby="none">')
    assert walk.wrong == ["<p style>", "<p onclick>", "<style>", "<script>", "<img> without alt"]
    assert walk.ids == {"a": 2} and walk.refers == ["none"]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_gallery_shows_every_part_in_the_readers_language(reader, lang):
    page = reader.get(f"/ui?lang={lang}").content.decode()
    source = GALLERY.read_text(encoding="utf-8")
    assert [name for name in register.tags if not re.search(rf"\{{% (end)?{name}\b", source)] == []
    assert catalogue.text("gallery.title", lang) in page and catalogue.text("gallery.nothing.said", lang) in page
    for state in ("step-done", "step-now", "step-next", "step-wrong", "toast done", "toast wrong", "toast note"):
        assert state in page, state
    for verdict in ("met", "nearly_met", "not_met", "not_applicable", "no_figure", "no_threshold"):
        assert f'mark {verdict}"' in page and catalogue.text(f"verdict.{verdict}", lang) in page


def test_where_real_people_work_there_is_no_gallery(settled, settings):
    settings.CHUNGSUC_DEMO = settings.DEBUG = False
    assert Client().get("/ui").status_code == 404


def shown(source: str, **facts: object) -> str:
    request = RequestFactory().get("/")
    request.lang = "vi"
    return Template("{% load parts words %}" + source).render(Context({"request": request, **facts}))


def test_parts_escape_what_people_typed():
    bad = "<b>x</b>"
    for source in (
        "{% page_head bad lead=bad eyebrow=bad light=bad %}{% figure_card bad bad step=bad side=bad %}{% toast bad %}",
        "{% field 'a' bad value=bad limit=bad last=bad hint=bad problem=bad why=bad verdict='met' unit=bad %}",
        "{% person_chip bad role=bad %}{% unit_chip bad bad above=bad %}{% problems bad items %}{% steps bad items %}",
        "{% scroll label=bad %}{{ bad }}{% endscroll %}{% nothing title=bad %}{{ bad }}{% endnothing %}",
    ):
        page = shown(source, bad=bad, items=[{"said": bad, "mend": bad, "name": bad, "state": "now"}])
        assert "<b>" not in page and "&lt;b&gt;x" in page


def test_a_field_says_what_is_wrong_where_a_reader_of_screens_finds_it():
    page = shown("{% field 'code' 'Mã' hint='gợi ý' problem='sai' %}")
    assert 'aria-invalid="true"' in page and 'aria-describedby="p-code h-code"' in page
    assert 'id="p-code"' in page and 'id="h-code"' in page and 'for="f-code"' in page
    assert "aria-invalid" not in shown("{% field 'code' 'Mã' %}")


def test_an_icon_speaks_only_when_it_is_told_to():
    assert 'aria-hidden="true"' in shown("{% icon 'search' %}")
    assert 'aria-label="Tìm"' in shown("{% icon 'search' 'Tìm' %}")


def test_every_icon_that_is_drawn_is_in_the_sprite():
    known = set((UI / "scripts" / "icons.txt").read_text(encoding="utf-8").split())
    folders = (UI / "templates", PACKAGE / "doors" / "desk" / "pages")
    sources = [path.read_text(encoding="utf-8") for folder in folders for path in folder.rglob("*.html")]
    asked = {name for source in sources for name in re.findall(r"""\{% icon ["']([a-z0-9-]+)""", source)}
    assert asked and asked <= known


def test_what_the_frame_loads_is_there_and_small():
    base = (UI / "templates" / "ui" / "base.html").read_text(encoding="utf-8")
    assert [name for name in re.findall(r"static '([^']+)'", base) if finders.find(name) is None] == []
    sizes = {
        name: len(gzip.compress(Path(finders.find(f"ui/built/{name}")).read_bytes())) for name in ("ui.css", "desk.js")
    }
    assert sizes["ui.css"] < 12_000 and sizes["desk.js"] < 6_000


# Refusals


def code_facts(key: str) -> dict[str, str]:
    """A fact for every name that the sentences of a code use."""
    entry = catalogue.phrases()[key]
    sentences = [entry["vi"], entry["en"], *entry.get("mend", {}).values()]
    names = {
        name.split(".")[0].split("[")[0] for said in sentences for _, name, _, _ in Formatter().parse(said) if name
    }
    return dict.fromkeys(names, "x")


def test_no_page_tells_a_reader_to_type_a_command():
    with_mend = [
        key for key, entry in catalogue.phrases().items() if entry.get("mend") and not key.startswith("on_page.")
    ]
    assert len(with_mend) > 50
    for key in with_mend:
        for lang in ("vi", "en"):
            said = page_mend(Reason(key, **code_facts(key)), lang) or ""
            assert not re.search(r"`|chungsuc [a-z]| --[a-z]", said), (key, said)


def test_a_sentence_made_for_pages_knows_the_facts_of_its_code():
    for key in [key for key in catalogue.phrases() if key.startswith("on_page.")]:
        code = key.removeprefix("on_page.")
        for lang in ("vi", "en"):
            assert page_mend(Reason(code, **code_facts(code)), lang)


def test_a_refusal_says_how_to_mend_and_leads_on(reader):
    answer = reader.get("/units/77777")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert "tìm đơn vị theo tên" in page and "chungsuc" not in page.replace("Chung Sức", "")
    assert 'href="/search?q=77777"' in page and ">Về trang đầu<" in page
    assert "<code>unit.unknown</code>" in page


def test_a_refusal_leads_back_only_within_this_site(reader):
    home = reader.get("/units/77777", headers={"Referer": "http://testserver/matrix?at=2019-12-31"}).content.decode()
    away = reader.get("/units/77777", headers={"Referer": "http://elsewhere.test/matrix"}).content.decode()
    assert 'href="/matrix?at=2019-12-31"' in home and "Quay lại trang trước" in home
    assert "elsewhere" not in away and "Quay lại trang trước" not in away


def test_a_slash_too_many_leads_on(reader):
    answer = reader.get("/units/99005/?at=2019-12-31")
    assert answer.status_code == 301 and answer["Location"] == "/units/99005?at=2019-12-31"
    assert reader.get("//elsewhere.test/").headers.get("Location", "/").startswith("/") is True
    assert not reader.get("//elsewhere.test/").headers.get("Location", "").startswith("//")


# Who looks, and how


def test_the_theme_is_chosen_by_link_and_remembered(reader):
    first = reader.get("/criteria?theme=dark")
    assert 'data-theme="dark"' in first.content.decode() and first.cookies["theme"].value == "dark"
    again = reader.get("/criteria").content.decode()
    assert 'data-theme="dark"' in again and '<meta name="color-scheme" content="dark">' in again
    odd = Client().get("/criteria?theme=pink").content.decode()
    assert "data-theme=" not in odd.split(">", 2)[1] and 'content="light dark"' in odd


def test_entry_is_offered_to_those_who_may_record_figures():
    assert [role for role in Role if may(Person("a", "A", role), "record_figures")] == [
        Role.COMMUNE_OFFICER,
        Role.COORDINATOR,
        Role.OPERATOR,
    ]
    assert not may(VISITOR, "record_figures") and not may(None, "read")


def test_a_visitor_sees_no_entry_and_where_to_sign_in(reader):
    page = reader.get("/matrix?at=2019-12-31").content.decode()
    assert 'href="/entry"' not in page
    assert 'href="/sign-in?next=%2Fmatrix%3Fat%3D2019-12-31"' in page
