"""A made-up nation of communes as the matrix page draws it, without a database; and the same table drawn naively."""

from __future__ import annotations

import json
import os
from datetime import date
from types import SimpleNamespace
from typing import Any

import numpy as np

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chungsuc.config.settings")

PER_DISTRICT = 14
NAMES = ("Quy hoạch", "Giao thông", "Thủy lợi", "Điện", "Trường học", "Cơ sở vật chất văn hóa", "Chợ", "Thông tin",
         "Nhà ở dân cư", "Thu nhập", "Hộ nghèo", "Lao động có việc làm", "Tổ chức sản xuất", "Giáo dục", "Y tế",
         "Văn hóa", "Môi trường và an toàn thực phẩm", "Hệ thống chính trị", "Quốc phòng và An ninh")  # fmt: skip


def our_page(communes: int) -> str:
    """The matrix page of so many communes, as the server sends it."""
    import django
    from django.conf import settings
    from django.test import RequestFactory

    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STATIC_ROOT = None
    django.setup()
    from django.template.loader import render_to_string

    from chungsuc.accounts.rules import VISITOR
    from chungsuc.doors.desk.reports.pages.matrix import matrix_page

    request = RequestFactory().get("/matrix")
    request.lang, request.theme, request.person = "vi", "", VISITOR
    page = matrix_page(ground(communes), asked(), "vi")
    return render_to_string("desk/matrix.html", {"page": page}, request)


def asked() -> Any:
    """The question of the page."""
    question = SimpleNamespace(unit_code="99", set_code="xa-ntm-2016-2020", at=date(2019, 12, 31))
    return SimpleNamespace(
        explicit={}, question=question, at=question.at, known_day=None, set_name="2016–2020", sets=(), days=(),
        table_query="unit=99",
    )  # fmt: skip


def ground(communes: int) -> Any:
    """Communes in districts of fourteen, with verdicts drawn once and for all."""
    from chungsuc.criteria.engine import Verdict
    from chungsuc.reports.rules import Bands, Basis, CriterionName, Ground, Made
    from chungsuc.territory.rules import Kind, UnitFact

    def unit(number: int, code: str, name: str, kind: Kind, parent: Any = None) -> UnitFact:
        above = (parent.id, parent.code, parent.name) if parent else (None, None, None)
        return UnitFact(number, code, name, name.split(" ", 1)[1], kind, *above)

    province = unit(1, "99", "Tỉnh Mẫu", Kind.PROVINCE)
    districts = [
        unit(10 + n, f"D{n:03}", f"Huyện Số {n}", Kind.DISTRICT, province) for n in range(-(-communes // PER_DISTRICT))
    ]
    places = np.arange(communes) // PER_DISTRICT
    rows = tuple(
        unit(1000 + n, f"{n:05}", f"Xã Số {n}", Kind.COMMUNE, districts[place]) for n, place in enumerate(places)
    )
    codes = [one.rank for one in (Verdict.MET, Verdict.NOT_MET, Verdict.NEARLY_MET, Verdict.NOT_APPLICABLE)]
    verdicts = np.random.default_rng(7).choice(codes, (communes, 19), p=[0.55, 0.38, 0.04, 0.03]).astype(np.int8)
    return Ground(
        unit=province, at=date(2019, 12, 31), known=None, set_code="xa-ntm-2016-2020", set_name="", set_name_en="",
        criteria=tuple(CriterionName(n, name, name) for n, name in enumerate(NAMES, start=1)),
        bands=Bands(19, 10, ((19, 19), (0, 18))), communes=rows, districts=tuple(districts),
        district_of=places.astype(np.int32), verdicts=verdicts,
        met=np.isin(verdicts, (Verdict.MET.rank, Verdict.NOT_APPLICABLE.rank)).sum(axis=1).astype(np.int32),
        basis=np.full(communes, Basis.FIGURES, np.int8), speaks_of=np.full(communes, np.datetime64("2019-12-31")),
        titles={}, made=Made.REAL,
    )  # fmt: skip


NAIVE = """<!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="/static/ui/built/ui.css"><link rel="stylesheet" href="/static/ui/built/matrix.css">
<style>.matrix tbody tr {{ content-visibility: visible !important; }}</style>
<input id="q"><button id="sort">9</button>
<table class="matrix of-19" id="m"><tbody></tbody></table>
<script type="application/json" id="data">{data}</script><script>
const rows = JSON.parse(document.getElementById("data").textContent), body = document.querySelector("#m tbody");
let seen = 0;
const drawCell = (one, cell) => `<td title="${{one.name}}: ${{cell}}">
  <span class="mark ${{cell}}"></span><span class="unseen">${{cell}}</span></td>`;
const drawRow = (one) => `<tr><th><a href="#">${{one.name}}</a></th>
  ${{one.cells.map((cell) => drawCell(one, cell)).join("")}}<td class="count"><b>${{one.met}}</b></td></tr>`;
function draw(list) {{
  body.innerHTML = list.map(drawRow).join("");
  for (const cell of body.querySelectorAll("td")) {{
    cell.tabIndex = 0;
    cell.addEventListener("mouseenter", () => cell.classList.add("on"));
    cell.addEventListener("mouseleave", () => cell.classList.remove("on"));
    cell.addEventListener("click", () => seen++);
    cell.addEventListener("keydown", () => seen++);
  }}
}}
const byNinth = (a, b) => (a.cells[8] > b.cells[8]) - (a.cells[8] < b.cells[8]) || a.name.localeCompare(b.name, "vi");
draw(rows);
document.getElementById("sort").addEventListener("click", () => draw([...rows].sort(byNinth)));
document.getElementById("q").addEventListener("input", (event) =>
  draw(rows.filter((one) => one.name.toLowerCase().includes(event.target.value.toLowerCase()))));
</script></html>"""


def naive_page(communes: int) -> str:
    """The rival: the same marks drawn from JSON, listeners on every cell, drawn again for each order and filter."""
    from chungsuc.reports.rules import VERDICTS

    found = ground(communes)
    cells = [[VERDICTS[code].value for code in row] for row in found.verdicts.tolist()]
    rows = [
        {"name": unit.name, "cells": row, "met": met}
        for unit, row, met in zip(found.communes, cells, found.met.tolist(), strict=True)
    ]
    return NAIVE.format(data=json.dumps(rows, ensure_ascii=False))
