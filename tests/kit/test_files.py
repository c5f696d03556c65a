"""The file store and what it takes in: durable before acknowledged, and nothing that is not what it says."""

from __future__ import annotations

import errno
import io
import os
import resource
import zipfile
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image

from chungsuc.kit import files
from chungsuc.kit.clock import VIETNAM
from chungsuc.kit.errors import Refused, SystemFault


def picture(form="JPEG", size=(8, 6), exif=None):
    out = io.BytesIO()
    Image.new("RGB", size, "green").save(out, form, **({"exif": exif} if exif else {}))
    return out.getvalue()


def office(*parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part in parts:
            archive.writestr(part, "<x/>")
    return out.getvalue()


def code_of(name, content, **more):
    with pytest.raises(Refused) as refused:
        files.kind_of(name, content, **more)
    return refused.value.reasons[0].code


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("anh.jpg", picture(), files.FileKind.JPEG),
        ("ANH.JPEG", picture(), files.FileKind.JPEG),
        ("anh.png", picture("PNG"), files.FileKind.PNG),
        ("anh.webp", picture("WEBP"), files.FileKind.WEBP),
        ("biên bản.pdf", b"%PDF-1.7\n...\n%%EOF\n", files.FileKind.PDF),
        ("a.docx", office("[Content_Types].xml", "word/document.xml"), files.FileKind.DOCX),
        ("a.xlsx", office("[Content_Types].xml", "xl/workbook.xml"), files.FileKind.XLSX),
    ],
)
def test_the_kinds_that_are_taken(name, content, kind):
    assert files.kind_of(name, content) is kind


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("rỗng.jpg", b"", "files.empty"),
        ("trang.jpg", b"<html><script>alert(1)</script></html>", "files.not_what_it_says"),
        ("hinh.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "files.not_what_it_says"),
        ("chay.jpg", b"MZ\x90\x00" + bytes(200), "files.not_what_it_says"),
        ("anh.png", picture("JPEG"), "files.not_what_it_says"),
        ("trang.html", b"<html></html>", "files.kind_not_taken"),
        ("hinh.svg", b"<svg/>", "files.kind_not_taken"),
        ("khong_duoi", picture(), "files.kind_not_taken"),
        ("hong.jpg", picture()[:60], "files.unreadable_picture"),
        ("dau.jpg", b"\xff\xd8\xff" + b"<script>" * 20, "files.unreadable_picture"),
        ("cut.pdf", b"%PDF-1.7 and nothing more", "files.broken"),
        ("macro.docx", office("word/document.xml", "word/vbaProject.bin"), "files.active_content"),
        ("nhung.xlsx", office("xl/workbook.xml", "xl/embeddings/oleObject1.bin"), "files.active_content"),
        ("leo.docx", office("word/document.xml", "../../etc/x"), "files.broken"),
        ("cut.docx", office("word/document.xml")[:40], "files.broken"),
        ("zip.xlsx", office("anything.txt"), "files.not_what_it_says"),
    ],
)
def test_what_is_not_taken(name, content, code):
    assert code_of(name, content) == code


def test_too_large_is_refused_before_it_is_looked_at():
    assert code_of("to.jpg", picture() + bytes(files.LIMIT)) == "files.too_large"
    assert code_of("to.jpg", picture(), limit=100) == "files.too_large"


def test_a_pixel_flood_is_refused():
    flood = io.BytesIO()
    Image.new("1", (9000, 9000)).save(flood, "PNG")
    assert len(flood.getvalue()) < 20_000
    assert code_of("lut.png", flood.getvalue()) == "files.unreadable_picture"


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    content=st.binary(max_size=400),
    start=st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04"]),
    suffix=st.sampled_from(sorted([".jpg", ".png", ".pdf", ".docx", ".xlsx", ".html"])),
)
def test_hostile_bytes_are_refused_or_known_and_never_crash(content, start, suffix):
    try:
        kind = files.kind_of("x" + suffix, start + content)
    except Refused as refused:
        assert refused.reasons[0].code.startswith("files.")
    else:
        assert kind in files.FileKind


def exif(*, original=None, offset=None, place=None):
    record = Image.Exif()
    detail = {ExifTags.Base.DateTimeOriginal: original, ExifTags.Base.OffsetTimeOriginal: offset}
    record[ExifTags.IFD.Exif] = {int(tag): value for tag, value in detail.items() if value}
    if place:
        record[ExifTags.IFD.GPSInfo] = place
    return record


def test_a_photograph_keeps_when_and_where_it_was_taken():
    place = {1: "N", 2: (22.0, 40.0, 12.0), 3: "E", 4: (106.0, 15.0, 30.0)}
    shot = files.shot_of(picture(exif=exif(original="2019:11:05 08:30:00", place=place)))
    assert shot.taken_at == datetime(2019, 11, 5, 8, 30, tzinfo=VIETNAM)
    assert shot.taken_where == (22.67, 106.2583333)


def test_the_cameras_own_offset_counts():
    shot = files.shot_of(picture(exif=exif(original="2019:11:05 08:30:00", offset="+09:00")))
    assert shot.taken_at == datetime(2019, 11, 5, 8, 30, tzinfo=timezone(timedelta(hours=9)))


@pytest.mark.parametrize(
    "made",
    [
        exif(original="0000:00:00 00:00:00"),
        exif(original="nonsense"),
        exif(),
        exif(place={1: "N", 2: (200.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)}),
    ],
)
def test_nonsense_in_a_photograph_says_nothing(made):
    assert files.shot_of(picture(exif=made)) == files.Shot(None, None)


def test_what_is_kept_lies_under_its_hash_and_reads_back(tmp_path):
    kept = files.keep(b"minh chung", folder=tmp_path)
    assert kept.path == tmp_path / kept.sha256[:2] / kept.sha256
    assert files.read(kept.sha256, folder=tmp_path) == b"minh chung"
    assert files.keep(b"minh chung", folder=tmp_path) == kept
    assert [path.name for path in kept.path.parent.iterdir()] == [kept.sha256]


def test_bytes_are_synced_before_the_name_and_the_folder_after(tmp_path, monkeypatch):
    steps = []
    real_fsync, real_replace = os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", lambda fd: (steps.append("sync"), real_fsync(fd))[1])
    monkeypatch.setattr(os, "replace", lambda a, b: (steps.append("rename"), real_replace(a, b))[1])
    files.keep(b"x", folder=tmp_path)
    assert steps[:3] == ["sync", "rename", "sync"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_full_disk_is_said_and_leaves_nothing(tmp_path, monkeypatch, step):
    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, step, full)
    with pytest.raises(SystemFault) as fault:
        files.keep(b"minh chung", folder=tmp_path)
    monkeypatch.undo()
    assert fault.value.reason.code == "files.cannot_keep"
    assert "No space left" in fault.value.reason.facts["said"]
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_disk_that_takes_no_more_bytes_is_said_and_leaves_nothing(tmp_path):
    """A real refusal by the kernel in the middle of the bytes, not a pretended one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(SystemFault) as fault:
            files.keep(bytes(50_000), folder=tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert fault.value.reason.code == "files.cannot_keep"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_altered_and_lost_files_are_faults(tmp_path):
    kept = files.keep(b"goc", folder=tmp_path)
    kept.path.chmod(0o600)
    kept.path.write_bytes(b"sua")
    with pytest.raises(SystemFault, match=r"files\.altered"):
        files.read(kept.sha256, folder=tmp_path)
    assert files.keep(b"goc", folder=tmp_path) == kept  # keeping it again mends it
    assert files.read(kept.sha256, folder=tmp_path) == b"goc"
    with pytest.raises(SystemFault, match=r"files\.gone"):
        files.read("0" * 64, folder=tmp_path)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "g" * 64])
def test_only_a_hash_is_an_address(tmp_path, name):
    with pytest.raises(ValueError, match="SHA-256"):
        files.path_of(name, folder=tmp_path)


def test_a_download_never_runs_as_a_page():
    headers = files.safe_headers('ảnh "1".jpg\r\nX: y', 12)
    assert headers["Content-Disposition"].startswith("attachment;")
    assert "\r" not in headers["Content-Disposition"] and headers["Content-Disposition"].isascii()
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert headers["Content-Type"] == "application/octet-stream"
