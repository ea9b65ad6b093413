"""Whatever a file holds, the reader says in plain words what is wrong with it, and never breaks."""

from __future__ import annotations

import csv
import io
import stat
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gatepost.core.errors import Refused
from gatepost.exchange.roster import own_csv, sds
from gatepost.exchange.roster.reading import clean
from gatepost.exchange.roster.records import MOST_PROBLEMS, Problem, Problems, Roster
from gatepost.exchange.roster.services import read
from gatepost.exchange.roster.sources import open_source
from gatepost.exchange.tests.sheets import SAMPLE, changed, contact, sample, save
from gatepost.know.numbers import read_mobile


def seen(path: Path) -> tuple[Roster, Problems]:
    problems = Problems()
    return read(path, problems), problems


def stops(problems: Problems) -> list[Problem]:
    return [problem for problem in problems.kept if problem.stops]


def test_the_sample_reads_without_a_word() -> None:
    roster, problems = seen(SAMPLE)
    assert problems.kept == []
    assert (len(roster.children), len(roster.adults), len(roster.cares)) == (6, 10, 11)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_usual_encoding_and_delimiter(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = save(sample(), tmp_path / "roster.csv", encoding=encoding, delimiter=delimiter)
    roster, problems = seen(path)
    assert problems.kept == []
    assert roster.children[5].name == "Zoë Novák"


def test_an_old_encoding_is_said_aloud(tmp_path: Path) -> None:
    sheet = sample()
    sheet[5].update(name="Zoë Müller", contact1_name="Renée Müller")
    roster, problems = seen(save(sheet, tmp_path / "roster.csv", encoding="cp1252"))
    assert roster.children[5].name == "Zoë Müller"
    assert [problem.stops for problem in problems.kept] == [False]
    assert "cp1252" in problems.kept[0].what


def test_letters_that_nobody_can_read_stop_it(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_bytes(SAMPLE.read_bytes().replace(b"Ayan", b"A\x81\x8dyan"))
    _, problems = seen(path)
    assert "how the file's letters are stored" in stops(problems)[0].what


def test_a_spreadsheets_own_first_line_is_understood(tmp_path: Path) -> None:
    path = save(sample(), tmp_path / "roster.csv", delimiter=";")
    path.write_bytes(b"sep=;\r\n" + path.read_bytes())
    roster, problems = seen(path)
    assert (len(roster.children), problems.kept) == (6, [])


@pytest.mark.parametrize(
    ("column", "value", "what"),
    [
        ("pupil_id", "", "The id is missing."),
        ("name", "", "The name is missing."),
        ("name", "N" * 201, "longer than 200"),
        ("name", "Ay\0an", "NUL"),
        ("pupil_id", "2", "stands in row 3 already"),  # said of the later row
        ("contact1_id", "", "The id is missing."),
        ("contact1_name", "", "The name is missing."),
        ("contact1_name", "Somebody Else", "One id must be one person."),
        ("name", "N" * 3000, "more than 2,000 characters"),
    ],
)
def test_what_stops_is_named_by_row_and_column(tmp_path: Path, column: str, value: str, what: str) -> None:
    _, problems = seen(changed(tmp_path, lambda sheet: sheet[0].update({column: value})))
    found = stops(problems)
    assert len(found) == 1
    assert what in f"{found[0].what} {found[0].fix}" or "stands in row 2 already" in found[0].what
    assert found[0].file == "roster.csv"
    assert found[0].row in (2, 3)
    assert found[0].column.removeprefix("contact1_") in (column.removeprefix("contact1_"), "id")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("born_on", "30th of May"),
        ("born_on", "2018-02-30"),
        ("born_on", "2199-01-01"),
        ("contact1_email", "jo at example.org"),
        ("contact1_mobile", "07700 9001"),
        ("contact1_mobile", "ask the nan"),
        ("contact1_mobile", "0113 496 0000"),
        ("contact1_language", "Klingon"),
        ("contact1_interpreter", "somebody"),
        ("contact1_responsibility", "maybe"),
        ("contact1_lives_with", "weekends"),
        ("contact1_order", "first"),
        ("contact1_order", "²"),
    ],
)
def test_what_cannot_be_meant_is_left_out_and_said(tmp_path: Path, column: str, value: str) -> None:
    roster, problems = seen(changed(tmp_path, lambda sheet: sheet[2].update({column: value})))
    (problem,) = problems.kept
    assert (problem.stops, problem.row, problem.column) == (False, 4, column)
    assert problem.what
    assert problem.fix
    assert len(roster.children) == 6


def test_a_row_of_the_wrong_length_stops_it(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    lines = SAMPLE.read_text(encoding="utf-8").splitlines()
    lines[2] = lines[2].replace("Hodan Warsame", "Warsame, Hodan")
    lines[3] = ",".join(lines[3].split(",")[:10])
    path.write_text("\n".join(lines), encoding="utf-8")
    _, problems = seen(path)
    assert [problem.row for problem in stops(problems)] == [3, 4]


def test_a_missing_and_a_doubled_column_stop_it(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text("pupil_id,name,name,contact1_id,contact1_name\n1,A,A,2,B\n", encoding="utf-8")
    _, problems = seen(path)
    assert sorted({problem.column for problem in stops(problems)}) == ["class", "contact1_relationship", "name"]


def test_an_open_quotation_mark_is_found(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    text = SAMPLE.read_text(encoding="utf-8")
    path.write_text(text.replace("Hodan", '"Hodan') + "x\n" * 2000, encoding="utf-8")
    _, problems = seen(path)
    assert "quotation mark" in stops(problems)[0].fix


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf", b"\0\0\0\0"])
def test_an_empty_file_is_no_roster(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "roster.csv"
    path.write_bytes(content)
    with pytest.raises(Refused, match="no roster we know"):
        seen(path)


def test_a_roster_of_nobody_stops_it(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text(SAMPLE.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    _, problems = seen(path)
    assert "names no pupils" in stops(problems)[0].what


def test_a_password_is_passed_over(tmp_path: Path) -> None:
    sheet = [row | {"password": "P@ssword123"} for row in sample()]
    roster, problems = seen(save(sheet, tmp_path / "roster.csv"))
    assert problems.kept == []
    assert "P@ssword123" not in repr(roster)


def test_a_column_that_is_not_ours_is_named(tmp_path: Path) -> None:
    sheet = [row | {"shoe size": "31"} for row in sample()]
    _, problems = seen(save(sheet, tmp_path / "roster.csv"))
    assert [(problem.column, problem.stops) for problem in problems.kept] == [("shoe size", False)]


def test_problems_are_kept_up_to_a_limit_and_counted_beyond(tmp_path: Path) -> None:
    row = sample()[2]
    contact(row, 1, email="nobody")
    sheet = [row | {"pupil_id": str(number), "born_on": "never"} for number in range(MOST_PROBLEMS)]
    sheet.append(row | {"pupil_id": ""})
    _, problems = seen(save(sheet, tmp_path / "roster.csv"))
    assert len(problems.kept) == MOST_PROBLEMS + 1
    assert problems.left_out
    assert problems.stopping == 1
    assert problems.kept[-1].stops


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("07700 900123", "+447700900123"),
        ("+44 (0)7700 900123", "+447700900123"),
        ("0044 7700-900123", "+447700900123"),
        ("+1 212 555 0100", "+12125550100"),
        ("+252 61 555 0100", "+252615550100"),
        ("0113 496 0000", ""),
        ("12", ""),
        ("７７", ""),
    ],
)
def test_telephones_as_people_write_them(value: str, number: str) -> None:
    assert read_mobile(value)[0] == number


def test_marks_that_turn_text_around_are_taken_out_of_names() -> None:
    assert clean("  Zoe\u0308  \u202eNovák\n") == "Zoë Novák"
    assert clean("می\u200cخواهم") == "می\u200cخواهم"  # a joiner is part of how it is spelled


# Zips


def packed(path: Path, **files: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, text in files.items():
            pack.writestr(name, text)
    return path


def test_a_zip_is_read_in_place(tmp_path: Path) -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    path = packed(tmp_path / "roster.zip", **{"export/roster.csv": text, "__MACOSX/._roster.csv": "x", "a.txt": "y"})
    roster, problems = seen(path)
    assert (len(roster.children), problems.kept) == (6, [])
    assert sorted(each.name for each in tmp_path.iterdir()) == ["roster.zip"]


@pytest.mark.parametrize(
    "name", ["../roster.csv", "/etc/roster.csv", "a/../../roster.csv", "C:\\roster.csv", "..\\r.csv"]
)
def test_a_zip_that_climbs_out_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refused, match="leads out of it"):
        open_source(packed(tmp_path / "roster.zip", **{name: "pupil_id\n"}))


def test_a_zip_with_a_link_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "roster.zip"
    with zipfile.ZipFile(path, "w") as pack:
        link = zipfile.ZipInfo("users.csv")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        pack.writestr(link, "/etc/passwd")
    with pytest.raises(Refused, match="link"):
        open_source(path)


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="unpack to far more"):
        open_source(packed(tmp_path / "roster.zip", **{"users.csv": "0" * 20_000_000}))


def test_too_many_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="100 at most"):
        open_source(packed(tmp_path / "roster.zip", **{f"{number}.csv": "" for number in range(101)}))


def test_a_broken_zip_is_said_to_be_broken(tmp_path: Path) -> None:
    path = packed(tmp_path / "roster.zip", **{"roster.csv": SAMPLE.read_text(encoding="utf-8")})
    content = bytearray(path.read_bytes())
    content[60:90] = b"\xff" * 30
    path.write_bytes(bytes(content))
    try:
        _, problems = seen(path)
        assert stops(problems)
    except Refused as refusal:
        assert str(refusal)
    path.write_bytes(b"PK\x03\x04 and nothing more")
    with pytest.raises(Refused, match="damaged"):
        open_source(path)


def test_a_path_that_is_not_there() -> None:
    with pytest.raises(Refused, match="no file or folder"):
        open_source(Path("nowhere.csv"))


# Whatever comes


class Bytes:
    """A source made of bytes."""

    label = "fuzz"

    def __init__(self, **files: bytes) -> None:
        self.files = {name.replace("_csv", ".csv"): content for name, content in files.items()}

    def names(self) -> list[str]:
        return list(self.files)

    def open(self, name: str) -> io.BytesIO:
        return io.BytesIO(self.files[name])


def check_plain(problems: Problems) -> None:
    for problem in problems.kept:
        assert problem.what
        assert problem.fix
        assert "Traceback" not in problem.what


QUIET = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@QUIET
@given(st.binary(max_size=600))
def test_any_bytes_give_plain_words(content: bytes) -> None:
    problems = Problems()
    Roster("own").gather(own_csv.read(Bytes(r_csv=content), "r.csv", problems))
    check_plain(problems)
    Roster("sds").gather(sds.read(Bytes(orgs_csv=content, users_csv=content, roles_csv=content), problems))
    check_plain(problems)


CELL = st.one_of(
    st.text(max_size=12), st.sampled_from(["1", "A1", "yes", "no", "so", "2018-01-01", '"', "\0", "07700 900123"])
)


@QUIET
@given(st.lists(st.lists(CELL, min_size=1, max_size=len(own_csv.ALL) + 1), max_size=6), st.randoms())
def test_any_cells_under_our_header_give_plain_words(table: list[list[str]], random: object) -> None:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(own_csv.ALL)
    for row in table:
        writer.writerow((row * len(own_csv.ALL))[: len(own_csv.ALL)])
    content = text.getvalue().encode("utf-8", "surrogatepass")
    problems = Problems()
    roster = Roster("own").gather(own_csv.read(Bytes(r_csv=content), "r.csv", problems))
    check_plain(problems)
    assert {care.adult for care in roster.cares} <= set(roster.adults)
    assert len({child.key for child in roster.children}) == len(roster.children)


@QUIET
@given(st.integers(0, len(SAMPLE.read_bytes()) - 1), st.binary(min_size=1, max_size=3))
def test_the_sample_with_a_few_bytes_changed(at: int, put: bytes) -> None:
    content = SAMPLE.read_bytes()
    problems = Problems()
    damaged = content[:at] + put + content[at + len(put) :]
    Roster("own").gather(own_csv.read(Bytes(r_csv=damaged), "r.csv", problems))
    check_plain(problems)
