"""Whom a refusal of a mail server speaks about. Pure.

The enhanced status decides where it can (RFC 3463: x.1 address, x.2 mailbox, x.7 policy). Servers in the wild say
"no such user" under many other numbers, and doubt the *sender* in words that sound like it; so the words are read too.
A doubtful case is POLICY, which suppresses nobody: a wrong suppression loses a customer without a trace.
"""

from __future__ import annotations

import re

from gonfalon.channels.contract import Blame

_GONE = frozenset(("5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"))
_SENDERS = frozenset(("5.1.7", "5.1.8", "5.1.90"))
_BY_WORDS = re.compile(r"(?:|5\.0\.\d+|5\.1\.\d+|5\.3\.0|5\.4\.\d+|5\.5\.0)")
"""Statuses under which "no such user" is believed; 5.7.x needs the plainest words, everything else none."""

_NAMES = re.compile(r"<[^>]*>|\S+@\S+|https?://\S+")
"""What a server quotes: <spam@example.com> is no word about spam."""

_POLICY = re.compile(
    r"\bspam|\bblocked|black.?list|block.?list|deny.?list|\bbanned|\brbl\b|dnsbl|\blisted\b|reputation|\babus|unsolicited|"
    r"\bbulk\b|suspicious|phish|malware|virus|mail content|"
    r"\bdmarc|\bdkim|\bspf\b|\bptr\b|reverse dns|\bhelo\b|\behlo\b|\bclient host|this ip\b|bad dns|"
    r"\bsender|mail from|from address|\bcall(?:back|out)|(?<!recipient )\bverif|"
    r"\bpolic(?:y|ies)|rejected due to|un?-?authori[sz]ed|not authori[sz]ed|authenticat|administrative(?:ly)? prohib|"
    r"relay(?:ing)? .{0,12}(?:denied|permitted|allowed|prohibited)|(?:unable|cannot|not) (?:to )?relay|"
    r"\brate\b|throttl|too (?:many|much|fast)|\blimit|sending (?:quota|paused)|suspended|"
    r"\byour (?:account|domain|ip|server|host|access|mail server|smtp)\b|\bofr_5|\blpn007|"
    r"absender|exp\S{1,3}diteur|remitente|remetente|mittente|avs\S{1,2}ndar|afzender|nadawc|отправител|发件人|发信人|垃圾",
    re.IGNORECASE,
)
_FULL = re.compile(
    r"(?:mailbox|inbox|account|user|recipient).{0,30}(?:\bfull\b|quota|storage)|over ?-?quota|quota exceeded \(mailbox|"
    r"insufficient storage|exceeded storage|postfach.{0,20}\bvoll|speicherplatz|"
    r"bo\S{1,2}te.{0,25}\bplein|br\S{1,2}vl\S{1,2}da.{0,12}\bfull|"
    r"(?:buz\S{1,2}n|casella|caixa).{0,12}\b(?:llen|pien|chei)|postvak.{0,12}\bvol|ящик.{0,12}переполнен|"
    r"(?:邮箱|容量|空间).{0,6}(?:满|超|不足)",
    re.IGNORECASE,
)
_PLAINEST = r"no such (?:local )?user|user unknown|unknown user|user \S* ?does(?: not|n't) exist"
_WHO = r"(?:user|recipient|mailbox|mail ?box|address(?:ee)?|account|alias|inbox|person|destinataire)"
_ELSEWHERE = "|".join(
    rf"(?:{who})[^.;]{{0,24}}?(?:{gone})|(?:{unknown}) (?:{who})"
    for who, gone, unknown in (
        (
            r"benutzer|nutzer|empf\S{1,3}nger\w*|postfach|mailbox|konto|adresse",
            r"unbekannt|existiert nicht|nicht (?:gefunden|vorhanden|bekannt)|ung\S{1,3}ltig|deaktiviert|gel\S{1,3}scht",
            r"unbekannter?|ung\S{1,3}ltiger?",
        ),
        (
            r"utilisateur|usager|destinataire|bo\S{1,2}te|adresse|compte",
            r"inconnu|n'existe|inexistant|invalide|introuvable|d\S{1,2}sactiv",
            "aucune?",
        ),
        (
            r"usuario|usu\S{1,2}rio|destinatario|destinat\S{1,2}rio|"
            r"buz\S{1,2}n|cuenta|conta|direcci\S{1,2}n|utente|casella|indirizzo",
            r"descon\w+id|no existe|n\S{1,2}o existe|inexistente|inesistente|sconosciut|non (?:esiste|trovat|valid)",
            "sconosciut[oa]",
        ),
        (
            r"anv\S{1,2}ndare\w*|mottagare\w*|adressen|kontot|br\S{1,2}vl\S{1,2}dan|bruger\w*|modtager\w*|mottaker\w*",
            r"finns (?:inte|ej)|existerar inte|ok\S{1,2}nd|fin\wes ikke|ukendt|ukjent",
            r"ok\S{1,2}nd|ukendt|ukjent",
        ),
        ("gebruiker|ontvanger|postvak|adres", "onbekend|bestaat niet|niet gevonden", "onbekende"),
        (r"u\S{1,2}ytkownik\w*|adresat\w*|skrzynk\w", "nie istnieje|nieznany", "nie ma takiego|nieznany"),
        ("пользовател|получател|почтовый ящик|адрес", "не (?:найден|существует)|неизвест", "нет такого|неизвестный"),
    )
)
"""The same in the languages that mail servers speak besides English; letters beyond ASCII may arrive as anything."""
_EAST = (
    r"(?:用户|收件人|邮箱|[帐账]号|[帐账]户|地址)(?:地址|[帐账]号)?\s?(?:不存在|无效|未找到|已停用|已注销)|没有(?:该|此|这个)用户|"
    r"(?:宛先|ユーザ|メールアドレス)\S{0,8}(?:存在しません|見つかりません)"
)
_IS_GONE = re.compile(
    rf"{_PLAINEST}|{_ELSEWHERE}|{_EAST}|no such {_WHO}|no mailbox here|not our customer|"
    rf"not a valid {_WHO}|user not local|{_WHO} has left|recipient not found|"
    rf"unrouteable address|"
    rf"{_WHO}(?: \S+)?,?(?: is| was| has been)? (?:unknown|invalid|inactive|disabled|terminated|deactivated|"
    r"deleted|unavailable|closed|expired|not (?:found|exist|known|valid|available|active|recogni[sz]ed|here))|"
    rf"(?:unknown|invalid|non-?existent|illegal|bad) (?:or illegal )?(?:local |destination )?{_WHO}|"
    r"does(?: not|n't) exist|doesn't have an? \S+ account|addresse?s? rejected|recipients? rejected|"
    r"no longer (?:available|valid|exists?|active|in use|accept)|(?:recipient|destination) domain.{0,12} not found|"
    r"domain not found",
    re.IGNORECASE,
)
_PLAINLY_GONE = re.compile(_PLAINEST, re.IGNORECASE)
_GREYLISTED = re.compile(r"gr[ea]y.?list", re.IGNORECASE)


def blame_of(code: int, status: str, text: str) -> Blame:
    """Return whom a 4xx or 5xx reply to RCPT or to the message speaks about. status: RFC 3463, or ""."""
    said = _NAMES.sub(" ", text).replace("\u2019", "'")
    return _for_good(code, status, said) if code >= 500 else _for_now(code, status, said)


def _for_good(code: int, status: str, said: str) -> Blame:
    if status.startswith("5.2") and status not in ("5.2.1", "5.2.3"):
        return Blame.POLICY if _POLICY.search(said) and not _FULL.search(said) else Blame.MAILBOX
    if status in _SENDERS or _POLICY.search(said):
        return Blame.MAILBOX if status == "5.2.1" else Blame.POLICY
    if _FULL.search(said):
        return Blame.MAILBOX
    if status in _GONE:
        return Blame.RECIPIENT
    words = _IS_GONE if _BY_WORDS.fullmatch(status) else _PLAINLY_GONE if status.startswith("5.7") else None
    gone = words is not None and 550 <= code <= 554 and words.search(said)
    return Blame.RECIPIENT if gone else Blame.POLICY


def _for_now(code: int, status: str, said: str) -> Blame:
    if _GREYLISTED.search(said):
        return Blame.MAILBOX
    if status.startswith("4.7"):
        return Blame.POLICY
    if status.startswith(("4.3", "4.4", "4.5")) or (code in (421, 451, 454) and not status.startswith(("4.1", "4.2"))):
        return Blame.PROVIDER
    return Blame.MAILBOX
