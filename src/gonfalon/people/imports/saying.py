"""The words with which files say who may be written to: statuses of other tools, and headings, by language. Pure data.

A word of a status marked with ! is about permission whatever its column is called: no other status is called so.
Words are compared as `heading` makes them: without case, accents and signs.
"""

from __future__ import annotations

import re

from gonfalon.kit.cells import heading
from gonfalon.people.imports.model import Answer

_STATUSES: dict[Answer, str] = {
    Answer.GRANTED: (
        "!subscribed|!opted in|opt in|optin|opted|!double opt in|double opted in|single opt in|double|single|"
        "verified double|"
        "explicit|express|confirmed|consented|granted|accepted|agreed|allow|allowed|given|valid consent|contactable|"
        "marketing allowed|can be contacted|permitted|active|enabled|valid|deliverable|normal|verified|"
        "!marketing contact|marketable|"
        "mailable|engaged|email|sms|web|ok to contact|"
        "!abonné|abonnée|inscrit|inscrite|confirmé|actif|active|accepté|consenti|accordé|donné|"  # French
        "prenumerant|!prenumererar|bekräftad|samtyckt|aktiv|givet|gett|godkänd|godkänt|tillåtet|"  # Swedish
        "!angemeldet|bestätigt|eingewilligt|zugestimmt|einverstanden|"
        "!abonniert|abonnent|erlaubt|erteilt|akzeptiert|"  # German
        "!suscrito|!suscrita|activo|activa|confirmado|aceptado|acepta|autorizado|otorgado|concedido|"  # Spanish
        "iscritto|iscritta|attivo|attiva|confermato|accettato|"  # Italian
        "inscrito|inscrita|ativo|ativa|aceito|aceite|assinante|"  # Portuguese
        "!ingeschreven|aangemeld|actief|bevestigd|toegestaan|geabonneerd|"  # Dutch
        "!tilmeldt|!påmeldt|bekræftet|bekreftet|"  # Danish, Norwegian
        "tilaaja|tilattu|vahvistettu|aktiivinen|sallittu|"  # Finnish
        "zapisany|zapisana|aktywny|aktywna|potwierdzony|subskrybent|wyrażam zgodę|wyrażona|zgoda|"  # Polish
        "přihlášen|přihlášený|aktivní|potvrzený|souhlasím|udělen|prihlásený|súhlasím|"  # Czech, Slovak
        "feliratkozott|aktív|megerősített|abonat|activ|confirmat|"  # Hungarian, Romanian
        "abone|aktif|onaylandı|onaylı|izinli|kabul|onay|εγγεγραμμένος|ενεργός|συμφωνώ|"  # Turkish, Greek
        "!подписан|!подписана|подписчик|активен|активный|подтвержден|согласен|согласна|разрешено|!підписаний|згоден|"
        "!已订阅|订阅|已同意|同意|活跃|正常|已激活|已确认|有效|接受|接收|允许|授权|已授权|"
        "!已訂閱|訂閱|允許|授權|已授權|"  # Chinese
        "受信する|希望する|希望|許可|許諾|同意する|同意済み|登録済み|購読中|購読|配信中|配信する|"  # Japanese
        "동의|동의함|수신|수신동의|구독|구독중|허용|활성|موافق|مشترك|מאושר"  # Korean, Arabic, Hebrew
    ),
    Answer.OPEN: (
        "!unconfirmed|pending|!not subscribed|!never subscribed|!non subscribed|!nonsubscribed|not confirmed|"
        "not opted in|"
        "awaiting confirmation|waiting|unknown|transactional|!non marketing contact|not marketable|inactive|implied|"
        "no status|not specified|not given|not asked|no consent|not set|no permission|unverified|soft bounce|"
        "no answer|not applicable|"
        "soft bounced|unengaged|archived|deleted|draft|new|redacted|validating|needs attention|catch all|risky|"
        "accept all|"
        "not activated|non abonné|en attente|non confirmé|inaktiv|väntar|ej bekräftad|"
        "ausstehend|unbestätigt|nicht bestätigt|nicht angemeldet|"
        "no suscrito|pendiente|sin confirmar|non iscritto|in attesa|da confermare|não inscrito|pendente|"
        "não confirmado|"
        "niet ingeschreven|in afwachting|niet bevestigd|ikke tilmeldt|ikke påmeldt|afventer|ubekreftet|ubekræftet|"
        "odottaa|vahvistamaton|!niepotwierdzony|oczekujący|niezapisany|nepotvrzený|čeká|nepřihlášen|megerősítetlen|"
        "függőben|neconfirmat|în așteptare|onay bekliyor|beklemede|εκκρεμεί|не подтвержден|ожидает|не подписан|"
        "!未订阅|待确认|未确认|未激活|待验证|未知|未授权|!未訂閱|待確認|未確認|未授權|未登録|保留|未設定|未購読|대기|미확인|미구독"
    ),
    Answer.REFUSED: (
        "!unsubscribed|!unsubscribe|!unsub|!opted out|!opt out|!optout|!optedout|withdrawn|revoked|declined|refused|"
        "denied|"
        "rejected|disallowed|!do not contact|!do not email|!do not mail|!do not allow|!dnc|!dne|!not consented|"
        "!not allowed|"
        "!objected|cancelled|canceled|removed|disabled|!opt out all|!global unsubscribe|!not accepted|left|stopped|"
        "stop|"
        "never|none|suspended|excluded|forbidden|prohibited|"
        "!désabonné|!désabonnée|!désinscrit|!désinscrite|refusé|retiré|résilié|rejeté|révoqué|opposé|"
        "!avregistrerad|!avprenumererad|!avanmäld|avslutad|avslutat|nekat|nekad|!avböjt|återkallat|återkallad|återtaget|"
        "!abgemeldet|!abbestellt|!deabonniert|!widerrufen|abgelehnt|!verweigert|!ausgetragen|widersprochen|gekündigt|"
        "entzogen|zurückgezogen|"
        "baja|!dado de baja|!dada de baja|!desuscrito|!desuscrita|cancelado|cancelada|rechazado|!no acepta|revocado|"
        "denegado|anulado|retirado|"
        "!disiscritto|!disiscritta|cancellato|rifiutato|revocato|!non accetta|"
        "!descadastrado|!descadastrada|recusado|revogado|!não aceita|"
        "!uitgeschreven|!afgemeld|geweigerd|ingetrokken|opgezegd|!afmeldt|!avmeldt|afvist|avvist|trukket tilbage|"
        "!peruuttanut tilauksen|peruutettu|peruttu|kieltäytynyt|kielletty|"
        "!wypisany|!wypisana|!wypisał się|rezygnacja|odmowa|wycofana|cofnięta|!brak zgody|!nie wyrażam zgody|"
        "!odhlášen|!odhlášený|!odhlášena|odmítnuto|odvolán|!nesouhlasím|!bez souhlasu|!odhlásený|"
        "!leiratkozott|elutasítva|visszavont|!dezabonat|refuzat|retras|"
        "!abonelikten çıktı|!abonelikten ayrıldı|reddedildi|reddetti|ret|red|!izinsiz|!onaysız|iptal|!kabul etmiyor|"
        "!απεγγραφή|διαγραμμένος|αρνήθηκε|"
        "!отписан|!отписана|!отписался|!отписалась|отписка|отказ|отказался|запрещено|!не согласен|!не согласна|"
        "!нет согласия|отозвано|!відписаний|відмова|"
        "!退订|!已退订|!取消订阅|!已取消订阅|已取消|!拒绝|!已拒绝|!不同意|!不接收|!不接受|!不允许|!拒收|"
        "已退出|退出|已注销|禁用|停用|已停用|撤回|已撤回|"
        "!退訂|!已退訂|!取消訂閱|!已取消訂閱|!拒絕|!已拒絕|!不允許|"
        "!拒否|!受信しない|!受信拒否|!配信停止|!配信停止中|停止|停止中|解除|退会|希望しない|!同意しない|!オプトアウト|!購読解除|"
        "!거부|!수신거부|!수신 거부|!미동의|!동의안함|!동의하지 않음|!구독취소|해지|탈퇴|"
        "!غير موافق|رفض|ملغى|!הוסר"
    ),
    Answer.BOUNCED: (
        "!bounced|bounce|!hard bounce|!hard bounced|!hardbounced|!hardbounce|!cleaned|!undeliverable|!undelivered|"
        "invalid|"
        "!invalid email|!invalid address|!not deliverable|held|dead|!does not exist|!mailbox not found|!unknown user|"
        "!bad mailbox|!inexistant|!rebond|!adresse invalide|!npai|!erreur permanente|nettoyé|invalide|non distribué|"
        "!studsat|!studsad|hård studs|rensad|rensat|felaktig|ogiltig|olevererbar|"
        "!unzustellbar|ungültig|bereinigt|gebounced|gebounct|!rebotado|!rebotada|inválido|inválida|limpiado|depurado|rebote|"
        "!rimbalzato|non valido|!onbestelbaar|ongeldig|"
        "ugyldig|virheellinen|!odbity|!odbita|nieprawidłowy|!nedoručitelný|neplatný|geçersiz|!недоставлено|"
        "недействителен|"
        "!退信|无效|!已退信|!硬退信|退回|已退回|弹回|已清理|地址不存在|無效|!不達|無効|!バウンス|!반송|무효"
    ),
    Answer.BLOCKED: (
        "!blocklisted|!blacklisted|blocked|!blocklist|!blacklist|banned|!suppressed|suppression|complained|complaint|"
        "!complainer|spam|!spam complaint|!marked as spam|!marked spam|!reported spam|!spam report|abuse|junk|"
        "!quarantined|"
        "!spamtrap|!spam trap|bloqué|bloquée|!liste noire|plainte|spärrad|blockerad|!svartlistad|klagomål|skräppost|"
        "gesperrt|blockiert|"
        "beschwerde|"
        "bloqueado|bloqueada|!lista negra|denunciado|queja|"
        "bloccato|!lista nera|geblokkeerd|!zwarte lijst|blokeret|blokkert|estetty|"
        "zablokowany|!czarna lista|zablokovaný|engellendi|!kara liste|заблокирован|!черный список|!в черном списке|"
        "жалоба|"
        "!黑名单|已屏蔽|被屏蔽|投诉|已投诉|屏蔽|拉黑|已拉黑|举报|垃圾邮件|已封禁|!黑名單|封鎖|ブロック|迷惑メール|차단"
    ),
}  # fmt: skip

MEANING = {heading(each.strip("!")): answer for answer, words in _STATUSES.items() for each in words.split("|")}
"""The answer that a status gives, by what `heading` makes of it."""
TELLING = frozenset(heading(each[1:]) for words in _STATUSES.values() for each in words.split("|") if each[:1] == "!")
"""Words that make a column one about permission whatever it is called."""
LETTERS = {  # The Newsletter Plugin of WordPress
    "c": Answer.GRANTED, "s": Answer.OPEN, "u": Answer.REFUSED, "b": Answer.BOUNCED, "p": Answer.BLOCKED,
}  # fmt: skip


def _words(*groups: str, anywhere: str = "") -> re.Pattern[str]:
    """Whole words and beginnings (\\w*), and what counts wherever it stands: languages that write without blanks."""
    whole = rf"\b(?:{'|'.join(groups)})\b"
    return re.compile(f"{whole}|{anywhere}" if anywhere else whole)


INSIDE = (
    (Answer.BLOCKED, _words(r"spam\w*|abuse\w*|complain\w*|block\s?list\w*|black\s?list\w*|\w*suppress\w*|mail blocked",
                            anywhere="黑名单|投诉")),
    (Answer.BOUNCED, _words(r"hard ?bounc\w*|bounced|undeliverable|on hold bounce", anywhere="退信")),
    (Answer.REFUSED, _words(
        r"unsub\w*|opt\w* ?out|do not|dont|revoked|withdrawn|declined|refused|rejected|desabonn\w*|desinscri\w*",
        r"avregistr\w*|avprenum\w*|abgemeldet|widerruf\w*|uitgeschreven|отпис\w*|отказ\w*",
        anywhere="退订|退訂|取消|拒绝|拒絕|拒否|거부|不")),
    (Answer.OPEN, _words(
        r"not|non|never|no|soft|pending|legitimate|legitime|legitimo|berechtigt\w*|berattigat|contract|awaiting|unconfirmed|ej|inte|pas|nicht|kein|keine|without|partial\w*|niet|"
        r"geen",
        r"ikke|nie|не", anywhere="未|待|しない|미")),
    (Answer.GRANTED, _words(
        r"subscribed|opt\w* ?in|confirmed|consented|agreed|accepted|granted|freely given",
        anywhere="订阅|訂閱|同意|동의")),
)  # fmt: skip
"""What a longer text says, the stricter reading first: "Unsubscribed by campaign 12", "['HARD_BOUNCE']"."""
THANKS = _words("thanks|thank you|danke|merci|tack|gracias|grazie|obrigad[oa]|dank|takk|tak|kiitos|dziekuje|dekuji")
"""Politeness behind a no or a yes."""

_SENT = (
    r"e ?mail\w*|mail\w*|bulk ?e?mail|newsletters?\w*|marketing\w*|promotional \w+|communications?|werb\w*|utskick|"
    r"reklam\w*|nyhetsbrev|nyhedsbrev|nieuwsbrief|courriels?|pub|"
    r"publicite|infolettre|uutiskirje\w*|\w*markkinoin\w*|markedsforing|marknadsforing|boletin|publicidad|pubblicita|"
    r"hirlevel|buletin|biuletyn|zpravodaj|bulten|рассылк\w*|реклам\w*|маркетинг\w*"
)
_CONTACT = rf"{_SENT}|contact\w*|kontakt\w*|call|phone|sms|texts?|messages?|news|offers?"
_NOT = (
    r"no|not|never|without|dont|do not|non|pas|sans|ne|kein|keine|keinen|nicht|ohne|nein|ej|inte|ingen|inga|aldrig|"
    r"utan|nej|"
    r"niet|geen|ikke|bez|brak|senza|sem|sin"
)
_WRITE = (
    r"anschreiben|anmailen|mailen|senden|versenden|zusenden|schreiben|bewerben|ecrire|envoyer|demarcher|solliciter|"
    r"enviar|escribir|molestar|correos?|skicka|maila|mejla|e ?post|mejl|utskicken|schrijven|sturen|inviare|scrivere"
)
"""What headings say is not to be done, beside words for contact: "Ne pas envoyer", "Nicht anschreiben"."""
_ADDRESS = r"adress\w*|e ?mail\w*|e ?mailadress\w*|courriel\w*|mejl\w*|e ?post\w*|correo\w*|direccion"
_UNUSABLE = (
    r"invalides?|incorrectes?|erronee?s?|erronea|ungultige?|falsche?|fehlerhaft\w*|ogiltig\w*|felaktig\w*|invalid[ao]|"
    r"non valid\w*|no valid\w*|ongeldig\w*|ugyldig\w*"
)
VALID = _words(
    r"(?<!no )valid e ?mails?|e ?mails? valid\w*|\w*deliverab\w*|e ?mail (?:verification|validation|quality)(?: \w+)?",
    r"verification (?:status|result)|zero ?bounce\w*(?: \w+)?|never ?bounce\w*(?: \w+)?",
)
"""Columns in which no is what speaks against writing: the address does not work."""
BOUNCE = _words(
    r"hard ?bounc\w*|bounc\w*|on hold|clean time|cleaned|undeliverable|undelivered|unzustellbar\w*|studs\w*|rebonds?|"
    r"npai|held date|date held",
    rf"(?:{_ADDRESS}) (?:{_UNUSABLE})|(?:{_UNUSABLE}) (?:{_ADDRESS})",
    r"invalid e ?mail\w*|e ?mail invalid|rebot\w*|rimbalz\w*|odbit\w*|nedoruc\w*|onbestelbaar|недостав\w*",
    anywhere="退信|(?:邮箱|邮件|地址)无效|バウンス|不達|반송",
)
BLOCK = _words(
    r"block ?list\w*|black ?list\w*|blocked|suppress\w*|complain\w*|spam|abuse|gesperrt|sperrliste|sparrad\w*|"
    r"liste noire",
    r"bloque\w*|svartlist\w*|lista negra|lista nera|zwarte lijst|geblokkeerd|czarna lista|zablok\w*|kara liste|"
    r"engell\w*",
    r"черн\w* списо?к\w*|заблокир\w*",
    anywhere="黑名单|黑名單|屏蔽|封鎖|投诉|ブラックリスト|블랙리스트|차단",
)
REFUSAL = _words(
    r"unsub\w*|opt\w* ?(?:ed )?out|has opted out\w*|dnc|dne|do ?not ?\w*|donot\w*|objection|objected|"
    r"exclu\w* from \w+|^exclude$|^exclure$|^excluir$|^ausgeschlossen$|^exkludera$|(?:not|no longer) interested",
    r"suspended|e ?mails? (?:disabled|stopped)|removed from \w+|stop time|(?:is )?(?:disabled|deactivated|excluded)",
    r"desabonn\w*|desinscri\w*|opposition|refus(?: \w+){0,3}|refuse|liste rouge|bloctel|nix\w*",
    r"avregistr\w*|avprenum\w*|avanmal\w*|avbojt|tackat nej|"
    r"abgemeldet|abmeld\w*|abbestellt|\w*widerspr\w*|\w*widerruf\w*|\w*werbesperre|\w*sperrvermerk|\w*verbot|"
    r"robinson\w*",
    r"(?:fecha de )?baja|desuscri\w*|disiscri\w*|descadastr\w*|uitgeschreven|uitschrij\w*|afgemeld|afmeld\w*|"
    r"avmeld\w*",
    r"framelding|\w*kielto|wypisan\w*|rezygnac\w*|sprzeciw\w*|odmow\w*|odhlas\w*|nesouhlas\w*|leirat\w*|dezabon\w*",
    r"abonelikten \w+|izinsiz|onaysiz|απεγγραφ\w*|отпис\w*|отказ\w*|відпис\w*|відмов\w*|الغاء\w*|إلغاء\w*|הסרה|הוסר",
    r"(?:kontakta|skicka|maila|mejla|ring) (?:ej|inte)|suscripcion cancelada|cancel\w* (?:de )?(?:la )?suscri\w*",
    rf"(?:{_NOT}) (?:\w+ ){{0,2}}?(?:{_CONTACT}|{_WRITE}|subscri\w*|consent\w*|opt\w*|abonn\w*|valid e?mail)",
    anywhere="退订|退訂|取消订阅|取消訂閱|拒收|拒绝|拒絕|不接收|不同意|勿扰|勿发|不要发|禁止发|拒否|配信停止|購読解除|オプトアウト|거부|구독취소|미동의",
)
PERMISSION = _words(
    r"opt\w* ?in|optin|double opt in|consent\w*|permission\w*|subscribed|subscriber status|subscription status",
    r"(?:\w+ )?subscribe|subscribed to \w+|accepts? (?:\w+ )*marketing|marketing (?:status|consent|permission|"
    r"allowed|ok)",
    rf"(?:may|can|could|shall) we (?:\w+ )?(?:{_CONTACT})(?: \w+)*|(?:e ?mail|mail|marketing|contact) permission",
    r"gdpr|rgpd|dsgvo|lgpd|kvkk|ccpa|marketing contact status|(?:e ?)?mail status|contact status|mailing status",
    r"member status|email marketing(?: status)?|sms marketing(?: status)?|emails? allowed|can (?:be )?(?:e?mailed|"
    r"contacted)",
    r"\w*einwillig\w*|\w*zustimmung|\w*erlaubnis|samtyck\w*|medgivande\w*|godkan\w*|consentement\w*|consenti|"
    r"autorisation|legal basis(?: \w+)*|rechtsgrundlage|base legale|rattslig grund|base (?:juridica|legal)",
    r"abonne\w* (?:a|aux?|newsletter)(?: \w+)*|inscrit\w*(?: a| aux?)?(?: \w+)*newsletter|prenumererar(?: \w+)*",
    r"consentim\w*|consenso|consensi|autoriza\w*|acepta|aceita|accetta|toestemming\w*|samtykke\w*|suostumus\w*|"
    r"\w*lupa",
    r"zgod[ay]|souhlas\w*|suhlas\w*|hozzajarul\w*|acord\w*|consimtam\w*|izin|izni|onay|onayi|riza\w*|abonelik\w*",
    r"συγκαταθεσ\w*|соглас\w*|згод\w*|подписк\w*|підписк\w*|الموافق\w*|موافق\w*|اشتراك|الاشتراك|הסכמה",
    anywhere="(?<!不)同意|订阅|訂閱|订閱|许可|許可|授权|授權|許諾|オプトイン|(?<!미)동의|옵트인",
)
WEAK = _words(
    _SENT,
    r"subscriptions?|newsletter\w*|prenumer\w*|abonn\w*|suscri\w*|iscritt\w*",
    r"lettre d information|rundbrief|\w*empfanger|"
    r"(?:is )?(?:mailable|marketable|contactable|confirmed|activated|enabled)",
    r"النشرة|تسويق|דיוור|ενημερωτικ\w*",
    anywhere="新闻|营销|營銷|推广|推廣|接收|电子报|電子報|メルマガ|メール配信|ニュースレター|可否|뉴스레터|수신|마케팅|광고",
)
"""Headings that speak of permission only where the cells are yes and no, or statuses."""
NO_PERMISSION = _words(
    r"open(?:s|ed)?|click(?:s|ed)?|sent|delivered|received|replied|verified|has|last|first|recent|templates?|subject",
    r"plans?|tiers?|levels?|types?|html|format|domain|client|frequency|provider|hash|names?|address|id|ids|owner|spend|budget|cost|count|"
    r"rate|score",
    r"revenue|campaigns?|segments?|source|qualified|channels?",
)
"""Words that make a heading of the weak ones one about something else."""
STATUS = _words(
    r"(?:kontakt|abo|abonnement|e ?mail|newsletter|prenumerations|mottagar|empfanger|einwilligungs)?status|"
    r"state|statut|etat|stato|estado|stav|durumu?|статус|κατασταση|tila",
    anywhere="状态|狀態|ステータス|상태",
)
ELSEWHERE = _words(r"track\w*|cookies?|analytics|terms|profiling|campaign(?: title)?|source|ip|language|locale")
TITLE = _words(r"campaign|source|count|rate|score|spend|revenue|budget|cost|segment|qualified")
WHEN = _words(
    r"date|time|timestamp|datetime|at|on|when|since|datum|tid|tidpunkt|zeit|zeitpunkt|am|seit|sedan|heure|le|depuis|"
    r"quand",
    r"fecha|data|dato|data|tarihi?|дата|ημερομηνια|pvm|kdy",
    anywhere="日期|时间|時間|日時|날짜|일시",
)
EMAIL = _words(
    r"e ?mails?|mails?|mailing\w*|\w*newsletter\w*|courriels?|epost|e posta|nyhetsbrev\w*|nyhedsbrev\w*|nieuwsbrief|"
    r"infolettre",
    r"uutiskirje\w*|hirlevel|correo|boletin|рассылк\w*|почт\w*|דיוור",
    anywhere="邮|郵|电子报|電子報|メルマガ|メール|이메일|뉴스레터",
)
SMS = _words("sms|text messages?|texts?|mms", anywhere="短信|簡訊|문자")
PHONE = _words(
    r"phone|call|calls|telefon\w*|telephone|fax|whatsapp|postal|post|anruf\w*|ringa|push|bloctel|nix\w*|"
    r"liste rouge",
    anywhere="电话|電話|전화",
)
