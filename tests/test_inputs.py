"""INPUTs anywhere: folders, patterns and URLs, each file once, read without a secret in any word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import fsspec
import pytest

from flows.extract.files import InputError, InputFile
from flows.extract.inputs import find_inputs, open_input, stamp_of
from flows.extract.uris import conceal, file_uri, path_of, public_url, reveal, without_secrets
from tests.web_server import serving

PAGE = "خبر من الشبكة\n".encode() * 500_000
SECRET = "hunter2hunter2"


@pytest.fixture(scope="module")
def web() -> Iterator[str]:
    with serving({"/page": PAGE, "/%D8%AE%D8%A8%D8%B1": PAGE}) as address:
        yield address


@contextmanager
def stored(**files: str) -> Iterator[None]:
    """Files in fsspec's memory store below /news."""
    store = fsspec.filesystem("memory")
    for name, text in files.items():
        store.pipe_file("/odd/a[1].txt", "أ".encode())
        store.pipe_file("/news/" + name.replace("__", "/").replace("_", "."), text.encode())
    try:
        yield
    finally:
        store.rm("/news", recursive=True)
        store.rm("/odd", recursive=True)


def test_a_folder_gives_its_files_once_sorted_without_hidden_ones(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", ".hidden", "sub/c.txt", ".git/d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("نص", encoding="utf-8")
    files = find_inputs([str(tmp_path), str(tmp_path / "a.txt"), str(tmp_path / "*.txt")])
    assert [file.uri.removeprefix(f"file://{tmp_path}/") for file in files] == ["a.txt", "b.txt", "sub/c.txt"]


@pytest.mark.parametrize("name", ["missing.txt", "*.nothing", "empty-folder", "nosuchscheme://x/y"])
def test_an_input_that_matches_nothing_is_wrong_usage(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty-folder").mkdir()
    with pytest.raises(InputError, match="INPUT"):
        find_inputs([name if "://" in name else str(tmp_path / name)])


STORE = {"a_txt": "أ", "b_txt": "ب", "day__c_txt": "ج", "_hidden": "لا", "day___d__e_txt": "لا"}
STORED = [
    # one file
    ("memory://news/a.txt", ["a.txt"]),
    # a folder, without what is hidden in it
    ("memory://news", ["a.txt", "b.txt", "day/c.txt"]),
    ("memory://news/", ["a.txt", "b.txt", "day/c.txt"]),
    # patterns
    ("memory://news/*.txt", ["a.txt", "b.txt"]),
    ("memory://news/**/*.txt", ["a.txt", "b.txt", "day/c.txt"]),
    ("memory://news/[b-z]*", ["b.txt", "day/c.txt"]),
    # a name that looks like a pattern
    ("memory://odd/a[1].txt", ["a[1].txt"]),
]


@pytest.mark.parametrize(("url", "names"), STORED)
def test_a_store_gives_its_files_by_name_folder_and_pattern(url: str, names: list[str]) -> None:
    with stored(**STORE):
        files = find_inputs([url, url])
        assert [re.split("/(?:news|odd)/", file.uri)[1] for file in files] == names
        for file in files:
            with open_input(file) as stream:
                assert stream.read().decode() in {"أ", "ب", "ج"}


@pytest.mark.parametrize("url", ["memory://news/z.txt", "memory://nothing/*.txt", "memory://nothing/"])
def test_a_url_that_matches_nothing_is_wrong_usage(url: str) -> None:
    with stored(**STORE), pytest.raises(InputError, match="matches no file"):
        find_inputs([url])


def test_a_manifest_in_a_store_is_joined_to_its_files() -> None:
    with stored(a_txt="نص", manifest_csv="file,published\na.txt,2024-03-25\n"):
        for url in ("memory://news", "memory://news/a.txt"):
            (file,) = find_inputs([url])
            assert file.given is not None
            assert [each.value for each in file.given.statements] == ["2024-03-25"]


def test_a_web_file_is_read_whole_from_a_server_without_ranges(web: str) -> None:
    (file,) = find_inputs([f"{web}/page?id=7"])
    with open_input(file) as stream:
        assert stream.seekable()
        assert stream.read(10) == PAGE[:10]
        stream.seek(-20, 2)
        assert stream.read() == PAGE[-20:]
        stream.seek(0)
        assert stream.read() == PAGE
    stamp = stamp_of(file)
    assert (stamp.size, stamp.etag) == (len(PAGE), '"v1"')
    assert stamp.modified_at is not None
    assert stamp.modified_at.isoformat() == "2024-03-25T10:00:00+00:00"


def test_an_arabic_web_address_is_found(web: str) -> None:
    (file,) = find_inputs([f"{web}/خبر"])
    assert file.uri.endswith("/خبر")
    with open_input(file) as stream:
        assert stream.read(5) == PAGE[:5]


def test_a_web_file_that_breaks_off_is_an_error_that_shows_no_secret() -> None:
    with serving({"/page": PAGE}, cut_at=100_000) as web:
        (file,) = find_inputs([f"{web.replace('//', f'//user:{SECRET}@')}/page?token={SECRET}"])
        with open_input(file) as stream, pytest.raises(OSError) as broken:  # noqa: PT011 - its words are looked at
            stream.read()
    assert SECRET not in f"{broken.value!r} {broken.value.__cause__!r} {file!r} {file.uri}"


def test_a_refused_web_file_is_wrong_usage_that_shows_no_secret(web: str) -> None:
    with pytest.raises(InputError) as refused:
        find_inputs([f"{web}/closed?sig={SECRET}"])
    assert SECRET not in str(refused.value)
    assert f"{web}/closed matches no file" in str(refused.value)


def test_a_file_that_cannot_be_opened_shows_no_secret() -> None:
    url = f"http://user:{SECRET}@127.0.0.1:9/a?sig={SECRET}"
    with pytest.raises(OSError) as refused:  # noqa: PT011 - its words are looked at
        open_input(InputFile(public_url(url), url, is_remote=True))
    assert SECRET not in f"{refused.value!r} {refused.value.__cause__!r}"


MISSING = [
    # an unknown kind of store
    (f"nosuch://user:{SECRET}@host/x", "nosuch://host/x cannot be opened"),
    # a store whose package is not installed
    (f"dropbox://user:{SECRET}@host/x", "dropbox://host/x"),
]


@pytest.mark.parametrize(("url", "sentence"), MISSING)
def test_a_store_that_is_not_there_is_named_without_its_secrets(url: str, sentence: str) -> None:
    with pytest.raises(InputError) as refused:
        find_inputs([url])
    assert sentence in str(refused.value)
    assert SECRET not in str(refused.value)


PUBLIC = [
    # user and password
    ("s3://key:secret@bucket/a.txt", "s3://bucket/a.txt"),
    # a signature and what belongs to it; what names the page stays
    ("https://host/a?X-Amz-Signature=abc&X-Amz-Date=1&page=2", "https://host/a?page=2"),
    ("https://acc.blob.example/a?sv=1&sp=r&sig=abc", "https://acc.blob.example/a"),
    ("https://host/a?Expires=1&Key-Pair-Id=k&Signature=s", "https://host/a"),
    ("https://host/a?access_token=t&apikey=k&author=x", "https://host/a?author=x"),
    # letters that are not Latin, and a fragment
    ("https://host/خبر?q=غزة#top", "https://host/خبر?q=غزة"),
    # in a store # is a letter
    ("s3://bucket/a b#1.txt", "s3://bucket/a b#1.txt"),
    # a chain of stores
    ("zip://a.txt::https://u:p@host/x.zip?token=t", "zip://a.txt::https://host/x.zip"),
    # a host that cannot be read
    ("https://user:pw@[::1/a?token=t", "https://[::1/a"),
]


@pytest.mark.parametrize(("url", "public"), PUBLIC)
def test_a_public_url_holds_no_secret(url: str, public: str) -> None:
    assert public_url(url) == public


def test_what_a_library_says_is_cleaned_of_secrets_in_every_form() -> None:
    url = f"https://user:{SECRET}%21@host/a?sig=x%2Fy9"
    said = f"cannot GET {url}: {SECRET}! with x/y9 or x%2Fy9"
    assert without_secrets(said, url) == "cannot GET https://host/a: *** with *** or ***"


def test_an_input_is_concealed_under_its_public_name() -> None:
    url = f"memory://news/a.txt?token={SECRET}"
    assert conceal(url) == "memory://news/a.txt"
    assert reveal("memory://news/a.txt") == url
    assert reveal("never/given.txt") == "never/given.txt"


def test_a_file_url_names_the_file_with_and_without_escapes(tmp_path: Path) -> None:
    for name in ("خبر.txt", "a b#c?.txt", "%41.txt"):
        (tmp_path / name).write_text("نص", encoding="utf-8")
        (file,) = find_inputs([f"file://{tmp_path}/{name}"])
        assert file.path == str(tmp_path / name)
    assert find_inputs([f"file://{tmp_path}/%D8%AE%D8%A8%D8%B1.txt"])[0].path == str(tmp_path / "خبر.txt")


def test_the_uri_of_any_file_name_leads_back_to_it(tmp_path: Path) -> None:
    path = tmp_path / b"\xff\xfe.txt".decode("utf-8", "surrogateescape")
    path.write_text("نص", encoding="utf-8")
    assert path_of(file_uri(path)) == str(path)


def test_a_pattern_follows_no_link_out_of_its_folder_nor_into_another(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.txt").write_text("سر", encoding="utf-8")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("نص", encoding="utf-8")
    (folder / "link.txt").symlink_to(tmp_path / "outside" / "secret.txt")
    (folder / "loop").symlink_to(folder)
    (folder / "way").symlink_to(tmp_path / "outside")
    files = find_inputs([f"{folder}/**/*.txt"])
    assert [(file.path.rpartition("/")[2], file.fault is None) for file in files] == [
        ("a.txt", True), ("link.txt", False),
    ]  # fmt: skip


def test_a_pattern_that_matches_folders_gives_what_lies_in_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("day1/a.txt", "day2/b.txt"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("نص", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert [file.uri for file in find_inputs(["day*"])] == [
        f"file://{tmp_path}/day1/a.txt", f"file://{tmp_path}/day2/b.txt",
    ]  # fmt: skip
