"""A file's encoding is told by all of it, and by where its workspace is."""

from __future__ import annotations

from pathlib import Path

import pytest

from gonfalon.people.imports.encodings import detect_encoding
from gonfalon.people.imports.model import Encoding

FRENCH = "René Lefèvre;Nîmes|Zoë Œuvré;Angoulême|Sète"
SWEDISH = "Åsa Öberg;Malmö|Märta Åkesson;Växjö|Umeå"
POLISH = "Łukasz Wójcik;Łódź|Świętosława;Kraków|Małgorzata;Poznań"


@pytest.mark.parametrize(
    ("lines", "written", "language", "country"),
    [
        ("12,50 €|1.300,00 €", "cp1252", "en", "DE"),
        ("12,50 €|1.300,00 €", "iso8859-15", "en", "DE"),
        ("12,50 €|1.300,00 €", "mac-roman", "en", "DE"),
        ("Zoé Œuvré;Sète", "iso8859-15", "fr", "FR"),
        ("Łukasz Żak;Łódź|Małgorzata Wiśniewska;Gdańsk", "iso8859-2", "en", "PL"),
        ("Jiří Dvořák;Plzeň|Žaneta Šťastná;Děčín", "iso8859-2", "en", "CZ"),
        ("Jiří Dvořák;Plzeň|Žaneta Šťastná;Děčín", "mac-latin2", "en", "CZ"),
        ("Иван Петров;Москва|Мария;Казань", "iso8859-5", "en", "RU"),
        ("Иван Петров;Москва|Мария;Казань", "mac-cyrillic", "en", "DE"),
        ("Ayşe Yılmaz;İstanbul|Çağrı Öztürk;Muğla", "cp857", "en", "TR"),
        ("محمد;القاهرة|فاطمة;الجيزة", "iso8859-6", "en", "EG"),
        ("สมชาย;กรุงเทพ|สมหญิง;เชียงใหม่", "cp874", "en", "DE"),
        ("山田太郎;東京都|佐藤花子;大阪府", "iso2022_jp", "en", "JP"),
        ("김철수;서울|박영희;부산", "euc_kr", "en", "DE"),
        ("陳怡君;臺北|林志豪;高雄", "gb18030", "zh", "TW"),
        (FRENCH, "cp1252", "fr", "FR"),
        (FRENCH, "cp1252", "en", "US"),
        (FRENCH, "mac-roman", "fr", "FR"),
        ("René Lefèvre;Nîmes|Hélène;Angoulême", "cp850", "fr", "FR"),
        (SWEDISH, "cp1252", "sv", "SE"),
        (SWEDISH, "mac-roman", "sv", "SE"),
        (SWEDISH, "cp850", "sv", "SE"),
        ("Åsa", "cp1252", "sv", "SE"),
        ("Göran", "cp850", "sv", "SE"),
        ("L’été — 5 €", "cp1252", "fr", "FR"),
        (POLISH, "cp1250", "en", "PL"),
        (POLISH, "cp1250", "fr", "FR"),
        ("Jiří Dvořák;Plzeň", "cp1250", "en", "CZ"),
        ("Иван Петров;Москва", "cp1251", "en", "US"),
        ("Иван Петров;Москва", "koi8-r", "en", "RU"),
        ("Γιώργος;Αθήνα", "cp1253", "en", "GR"),
        ("Şule Yılmaz;İstanbul", "cp1254", "en", "TR"),
        ("北京公司;王丽|上海;张三", "gb18030", "zh", "CN"),
        ("北京公司;王丽|上海;张三", "gb18030", "en", "US"),
        ("台北公司;王麗|高雄市;陳怡君", "big5", "zh", "TW"),
        ("東京都;田中さくら|スズキ", "cp932", "en", "JP"),
        ("서울;김민준", "cp949", "en", "KR"),
        ("René", "cp1252", "zh", "CN"),
        ("北京公司;王丽", "utf-16-le", "zh", "CN"),
        ("北京公司;王丽", "utf-16-be", "zh", "CN"),
        ("Иван;Москва", "utf-16", "en", "RU"),
        ("Åsa;北京", "utf-8", "sv", "SE"),
    ],
)
def test_words_come_out_as_they_were_written(
    tmp_path: Path, lines: str, written: str, language: str, country: str
) -> None:
    text = "email;name;town\n" + "".join(f"p{n}@example.com;{line}\n" for n, line in enumerate(lines.split("|")))
    file = tmp_path / "x.csv"
    file.write_bytes(text.encode(written))
    found, mixed = detect_encoding(file, language, country)
    assert (text.encode(written).decode(found.value).lstrip("\ufeff"), mixed) == (text, False)


def test_one_letter_at_the_end_of_a_long_file_decides(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_bytes(b"email;name\n" + b"p@example.com;Plain\n" * 80_000 + "q@example.com;Œuvré\n".encode("cp1252"))
    assert detect_encoding(file, "fr", "FR") == (Encoding.CP1252, False)


@pytest.mark.parametrize(("name", "encoding"), [("windows-1252", "cp1252"), ("latin1", "iso8859-1"), ("SJIS", "cp932")])
def test_other_names_of_an_encoding_are_known(name: str, encoding: str) -> None:
    assert Encoding(name).value == encoding


@pytest.mark.parametrize("name", ["klingon", "idna", "punycode", "undefined", "cp424", "base64", "a\0b", "x" * 5000])
def test_what_is_no_encoding_of_files_is_none(name: str) -> None:
    with pytest.raises(ValueError, match="valid Encoding"):
        Encoding(name)
