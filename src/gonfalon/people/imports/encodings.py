"""In which encoding a file is written: by all of it, and by where its workspace is. Blocking.

Bytes beyond ASCII mean letters in many encodings; which letters are words is told by how they stand together, and where
two readings are as good ("Lefèvre" and "Lefčvre") by the workspace's language and country.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from gonfalon.people.imports.model import Encoding

BLOCK = 1_048_576
VERIFIED = 64 * 1024 * 1024
"""So many bytes of a file are looked at."""
TELLING = 131_072
"""Bytes of lines with letters beyond ASCII that are weighed."""
HOME_BONUS = 1.3

_GROUPS: dict[str, tuple[Encoding, ...]] = {
    "west": (Encoding.CP1252, Encoding.LATIN_9, Encoding.MAC_ROMAN, Encoding.CP850),
    "central": (Encoding.CP1250, Encoding.LATIN_2, Encoding.CP852, Encoding.MAC_LATIN2),
    "cyrillic": (Encoding.CP1251, Encoding.KOI8_R, Encoding.CP866, Encoding.CYRILLIC, Encoding.MAC_CYRILLIC),
    "greek": (Encoding.CP1253,),
    "turkish": (Encoding.CP1254, Encoding.CP857),
    "hebrew": (Encoding.CP1255,),
    "arabic": (Encoding.CP1256, Encoding.ARABIC),
    "baltic": (Encoding.CP1257,),
    "thai": (Encoding.CP874,),
    "china": (Encoding.GB18030,),
    "taiwan": (Encoding.BIG5,),
    "japan": (Encoding.CP932, Encoding.EUC_JP),
    "korea": (Encoding.CP949,),
}
_COUNTRIES = {
    "central": "PL CZ SK HU SI HR RO BA AL ME",
    "cyrillic": "RU UA BY BG MK RS KZ KG MN",
    "greek": "GR CY",
    "turkish": "TR AZ",
    "hebrew": "IL",
    "arabic": "EG SA AE QA KW JO LB IQ SY MA DZ TN LY OM BH YE SD",
    "baltic": "LT LV EE",
    "thai": "TH",
    "china": "CN SG",
    "taiwan": "TW HK MO",
    "japan": "JP",
    "korea": "KR",
}
_HOME = {country: group for group, countries in _COUNTRIES.items() for country in countries.split()}
_LETTERS = {
    "west": "àâäáãåæçéèêëíìîïñóòôöõøœúùûüßÀÂÄÁÃÅÆÇÉÈÊËÍÌÎÏÑÓÒÔÖÕØŒÚÙÛÜ",
    "central": "ąćęłńóśźżĄĆĘŁŃÓŚŹŻáčďéěíňřšťúůýžÁČĎÉĚÍŇŘŠŤÚŮÝŽőűŐŰöüÖÜľĺŕôäĽĹŔÔÄăâîșțşţĂÂÎŞŢđĐ",
    "turkish": "çğıöşüÇĞİÖŞÜâîû",
    "baltic": "ąčęėįšųūžĄČĘĖĮŠŲŪŽāēģīķļņĀĒĢĪĶĻŅõäöüÕÄÖÜ",
}
_OWN = {
    "sv": "åäöéÅÄÖ", "fr": "àâçéèêëîïôùûüœÀÂÇÉÈÊËÎÏÔÙÛÜŒ", "DE": "äöüßÄÖÜ", "AT": "äöüßÄÖÜ", "CH": "äöüéèàÄÖÜ",
    "ES": "áéíñóúüÁÉÍÑÓÚÜ", "MX": "áéíñóúüÁÉÍÑÓÚÜ", "IT": "àèéìòùÀÈÉÌÒÙ", "PT": "áâãàçéêíóôõúÁÂÃÀÇÉÊÍÓÔÕÚ",
    "BR": "áâãàçéêíóôõúÁÂÃÀÇÉÊÍÓÔÕÚ", "DK": "æøåÆØÅ", "NO": "æøåÆØÅ", "FI": "äöåÄÖÅ", "NL": "ëïéèöü", "SE": "åäöéÅÄÖ",
    "FR": "àâçéèêëîïôùûüœÀÂÇÉÈÊËÎÏÔÙÛÜŒ",
}  # fmt: skip
"""Letters of a workspace's language (lower case) or country (upper case): a little likelier than others."""
_USUAL = "’‘“”–—…«»€°£·•´`©®™№"
_SCRIPTS = {"cyrillic": "CYRILLIC", "greek": "GREEK", "hebrew": "HEBREW", "arabic": "ARABIC", "thai": "THAI"}
_ISO_2022_JP = re.compile(rb"\x1b\$[@B]")
"""How Japanese begins in the encoding of mails, whose bytes are all ASCII."""
_WIDE_GROUPS = frozenset({"china", "taiwan", "japan", "korea"})


def detect_encoding(path: Path, language: str, country: str) -> tuple[Encoding, bool]:
    """Return the encoding to read the file with, and whether some bytes don't fit it (those rows will be rejected)."""
    with path.open("rb") as file:
        head = file.read(BLOCK)
        marked = _marked(head)
        if marked is not None:
            return marked, marked is Encoding.UTF_8_SIG and not _is_utf8(file, head)
        if _ISO_2022_JP.search(head):
            return Encoding.ISO_2022_JP, False
        if _is_utf8(file, head):
            return Encoding.UTF_8, False
        telling = b"".join(_telling_lines(file))
    if _mostly_utf8(telling):
        return Encoding.UTF_8, True
    return _best(telling, language, country), False


def _marked(head: bytes) -> Encoding | None:
    if head.startswith(codecs.BOM_UTF8):
        return Encoding.UTF_8_SIG
    if head.startswith(codecs.BOM_UTF32_LE) and len(head) % 4 == 0:
        return Encoding.UTF_32
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Encoding.UTF_16
    return wide(head)


def wide(head: bytes) -> Encoding | None:
    """Return UTF-16 without its mark: text that has zero bytes, and is text when they are taken for halves of
    letters."""
    part = head[: min(len(head), 8192) // 2 * 2]
    if part.count(0) < max(2, len(part) // 200):
        return None
    for encoding, newlines in ((Encoding.UTF_16_LE, b"\n\x00"), (Encoding.UTF_16_BE, b"\x00\n")):
        try:
            text = codecs.getincrementaldecoder(encoding.value)().decode(part)
        except UnicodeDecodeError:
            continue
        odd = sum(not letter.isprintable() and letter not in "\r\n\t" for letter in text)
        if newlines in part and odd <= len(text) / 50 and "\n" in text:
            return encoding
    return None


def _is_utf8(file: IO[bytes], head: bytes) -> bool:
    """Whether the file is UTF-8 as far as it is looked at."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    file.seek(len(head))
    part, done = head, 0
    while part:
        try:
            decoder.decode(part)
        except UnicodeDecodeError:
            return False
        done += len(part)
        part = file.read(BLOCK) if done < VERIFIED else b""
    return True


def _telling_lines(file: IO[bytes]) -> Iterator[bytes]:
    """Lines that hold bytes beyond ASCII, from the whole file."""
    file.seek(0)
    found = done = 0
    rest = b""
    while found < TELLING and done < VERIFIED and (part := file.read(BLOCK)):
        done += len(part)
        lines = (rest + part).split(b"\n")
        rest = lines.pop()[-65_536:]
        for line in lines:
            if not line.isascii():
                found += len(line)
                yield line[:4096] + b"\n"
                if found >= TELLING:
                    return
    if rest and not rest.isascii():
        yield rest


def _mostly_utf8(part: bytes) -> bool:
    """Whether there are more well-formed letters beyond ASCII than stray bytes."""
    text = part.decode("utf-8", "surrogateescape")
    stray = sum("\ud800" <= c <= "\udfff" for c in text)
    return sum(c > "\x7f" for c in text) - stray > stray


def _best(telling: bytes, language: str, country: str) -> Encoding:
    home = _HOME.get(country, "china" if language == "zh" else "west")
    own = frozenset(_OWN.get(language, "") + _OWN.get(country, ""))
    scores: list[tuple[float, int, Encoding]] = []
    for group, encodings in _GROUPS.items():
        for place, encoding in enumerate(encodings):
            score = _score(telling, encoding, group, own)
            if score is not None:
                bonus = HOME_BONUS if group == home else 1.05 if group == "west" else 1.0
                scores.append((score * bonus if score > 0 else score, -place, encoding))
    return max(scores, default=(0.0, 0, Encoding.CP1252), key=lambda each: each[:2])[2]


def _score(telling: bytes, encoding: Encoding, group: str, own: frozenset[str]) -> float | None:
    """How much like words the bytes are in an encoding, for each byte beyond ASCII; None when they don't fit it."""
    text = telling.decode(encoding.value, "replace")
    beyond = sum(byte > 127 for byte in telling) or 1
    if text.count("\ufffd") > beyond / 100:
        return None
    if group in _WIDE_GROUPS:
        return _score_wide(text, encoding, group) / beyond
    return _score_narrow(text, group, own) / beyond


def _score_narrow(text: str, group: str, own: frozenset[str]) -> float:
    expected, script = frozenset(_LETTERS.get(group, "")), _SCRIPTS.get(group)
    total = 0.0
    for at, letter in enumerate(text):
        if letter <= "\x7f":
            continue
        before = text[at - 1] if at else " "
        after = text[at + 1] if at + 1 < len(text) else " "
        inside = before.isalpha() and after.isalpha()
        if script is not None and unicodedata.category(letter) == "Mn":
            total += 1.0 if unicodedata.name(letter, "").startswith(script) and not before.isascii() else -1.0
        elif not letter.isalpha():
            total += (0.3 if letter in _USUAL and (not inside or letter == "’") else -1.0) if group != "thai" else 0.3
        elif script is not None:
            right = unicodedata.name(letter, "").startswith(script)
            mixed = "a" <= before.lower() <= "z" or "a" <= after.lower() <= "z"
            alone = not before.isalpha() and not after.isalpha()  # a currency's sign, sooner than a word
            total += 0.1 if alone else 1.0 if right and not mixed else -1.0
            total -= 0.8 if _breaks(before, letter) else 0.0
        else:
            alone = not before.isalpha() and not after.isalpha()
            total += (1.2 if letter in own else 1.0) if letter in expected and not alone else 0.1
            total -= 1.8 if _breaks(before, letter) else 0.0
            total -= 1.5 if before > "\x7f" and after > "\x7f" and before.isalpha() and after.isalpha() else 0.0
    return total


def _breaks(before: str, letter: str) -> bool:
    """A capital behind a small letter: the usual look of a wrong reading."""
    return before.islower() and letter.isupper()


def _score_wide(text: str, encoding: Encoding, group: str) -> float:
    total = 0.0
    for at, letter in enumerate(text):
        if letter <= "\x7f":
            continue
        around = text[at - 1 : at] + text[at + 1 : at + 2]
        if letter.isalpha() and any(each.isascii() and each.isalpha() for each in around):
            total -= 1.4  # half of a Latin word is taken for the second byte
            continue
        code = letter.encode(encoding.value, "ignore")
        weight = len(code)
        if "\u3040" <= letter <= "\u30ff":
            total += weight * (1.0 if group == "japan" else 0.2)
        elif "\uff61" <= letter <= "\uff9f":
            total -= 0.5
        elif "\uac00" <= letter <= "\ud7a3":
            # More than their share: only two thirds of Chinese pairs of bytes would be syllables, and these all are.
            total += weight * (1.1 if group == "korea" and letter.encode("euc_kr", "ignore") else -0.5)
        elif "\u4e00" <= letter <= "\u9fff":
            total += weight * _usual_han(letter, code, group)
        elif letter in "，。、；：？！（）《》「」·　“”‘’—…":
            total += weight * 0.6
        else:
            total -= weight * 0.5
    return total


def _usual_han(letter: str, code: bytes, group: str) -> float:
    if group == "china":
        plain = letter.encode("gb2312", "ignore")
        usual = letter.encode("big5", "ignore")[:1]
        return 1.0 if plain and plain[0] <= 0xD7 else 0.8 if b"\xa3" < usual <= b"\xc6" else 0.3 if plain else -0.5
    if group == "taiwan":
        return 1.0 if code[0] <= 0xC6 else -0.3
    if group == "japan":
        level = letter.encode("euc_jp", "ignore")
        return 0.9 if level and level[0] <= 0xCF else -0.3
    return 0.1
