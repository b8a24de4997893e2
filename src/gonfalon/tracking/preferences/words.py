"""The words of the recipients' pages in four languages; every language has every word (checked on import)."""

from __future__ import annotations

from typing import Final

LANGUAGES: Final = ("en", "fr", "sv", "zh")

_WORDS: Final[dict[str, tuple[str, str, str, str]]] = {
    "preferences": ("What you receive", "Ce que vous recevez", "Vad du får", "您接收的内容"),
    "preferences_lead": (
        "Choose what {workspace} may send you. Nothing else comes.",
        "Choisissez ce que {workspace} peut vous envoyer. Rien d’autre ne viendra.",
        "Välj vad {workspace} får skicka till dig. Inget annat kommer.",
        "请选择 {workspace} 可以向您发送的内容，除此之外不会发送。",
    ),
    "for_address": ("For {address}", "Pour {address}", "För {address}", "适用于 {address}"),
    "email": ("Email", "E-mail", "E-post", "电子邮件"),
    "sms": ("Text message", "SMS", "Sms", "短信"),
    "push": ("Push message", "Notification", "Pushnotis", "推送通知"),
    "measuring": ("Measuring", "Mesure", "Mätning", "统计"),
    "measuring_about": (
        "It shows whether messages are of use to you.",
        "Elle montre si les messages vous sont utiles.",
        "Den visar om breven är till nytta för dig.",
        "用于了解邮件对您是否有用。",
    ),
    "measuring_wording": (
        "{workspace} may measure which messages I open and which links I click.",
        "{workspace} peut mesurer quels messages j’ouvre et sur quels liens je clique.",
        "{workspace} får mäta vilka brev jag öppnar och vilka länkar jag klickar på.",
        "{workspace} 可以统计我打开的邮件和点击的链接。",
    ),
    "save": ("Save my choices", "Enregistrer mes choix", "Spara mina val", "保存我的选择"),
    "saved": (
        "Your choices are saved.",
        "Vos choix sont enregistrés.",
        "Dina val är sparade.",
        "您的选择已保存。",
    ),
    "nothing_all": (
        "Stop everything by email",
        "Tout arrêter par e-mail",
        "Sluta med all e-post",
        "停止所有邮件",
    ),
    "no_topics": (
        "There is nothing to choose right now.",
        "Il n’y a rien à choisir pour le moment.",
        "Det finns inget att välja just nu.",
        "目前没有可选择的内容。",
    ),
    "unsubscribe": ("Unsubscribe", "Se désabonner", "Avsluta prenumerationen", "退订"),
    "unsubscribe_lead": (
        "Shall {workspace} stop sending “{topic}” to {address}?",
        "{workspace} doit-il cesser d’envoyer « {topic} » à {address} ?",
        "Ska {workspace} sluta skicka ”{topic}” till {address}?",
        "是否让 {workspace} 停止向 {address} 发送“{topic}”？",
    ),
    "unsubscribe_all_lead": (
        "Shall {workspace} stop all email to {address}?",
        "{workspace} doit-il cesser tout e-mail à {address} ?",
        "Ska {workspace} sluta skicka all e-post till {address}?",
        "是否让 {workspace} 停止向 {address} 发送所有邮件？",
    ),
    "stop_topic": ("Stop “{topic}”", "Arrêter « {topic} »", "Sluta med ”{topic}”", "停止“{topic}”"),
    "stop_all": ("Stop all email", "Arrêter tous les e-mails", "Sluta med all e-post", "停止所有邮件"),
    "or_choose": (
        "Choose what you receive instead",
        "Choisir plutôt ce que vous recevez",
        "Välj hellre vad du får",
        "改为选择接收内容",
    ),
    "unsubscribed": ("You are unsubscribed", "Vous êtes désabonné", "Du är avanmäld", "您已退订"),
    "unsubscribed_lead": (
        "{workspace} will not send this to you again.",
        "{workspace} ne vous enverra plus ces messages.",
        "{workspace} skickar inte det här till dig igen.",
        "{workspace} 不会再向您发送此内容。",
    ),
    "changed_mind": (
        "Changed your mind? See what you receive",
        "Vous avez changé d’avis ? Voir ce que vous recevez",
        "Ändrat dig? Se vad du får",
        "改变主意？查看您接收的内容",
    ),
    "test": ("This was a test message", "C’était un message d’essai", "Det här var ett testbrev", "这是一封测试邮件"),
    "test_lead": (
        "Links like this one work in real messages. Nothing was changed.",
        "Ces liens fonctionnent dans les vrais messages. Rien n’a été modifié.",
        "Sådana här länkar fungerar i riktiga brev. Inget ändrades.",
        "此类链接在正式邮件中有效，未作任何更改。",
    ),
    "gone": ("This link does not work", "Ce lien ne fonctionne pas", "Den här länken fungerar inte", "此链接无效"),
    "gone_lead": (
        "It may be cut off or out of date. Open it again from the message, or reply to the message and ask.",
        "Il est peut-être coupé ou trop ancien. Rouvrez-le depuis le message, ou répondez au message.",
        "Den kan vara avklippt eller gammal. Öppna den igen från brevet, eller svara på brevet och fråga.",
        "链接可能不完整或已过期。请从邮件中重新打开，或直接回复邮件询问。",
    ),
    "wording": (
        "I agree to receive “{topic}” from {workspace} by {channel}.",
        "J’accepte de recevoir « {topic} » de {workspace} ({channel}).",
        "Jag vill få ”{topic}” från {workspace} ({channel}).",
        "我同意通过{channel}接收来自 {workspace} 的“{topic}”。",
    ),
}


def say(language: str, key: str, **values: str) -> str:
    """A word or sentence; `values` are put in as they are, so HTML callers escape the result."""
    return _WORDS[key][LANGUAGES.index(language)].format(**values)


def pick_language(accepted: str, otherwise: str) -> str:
    """The first of our languages that an Accept-Language header names, else `otherwise` (else English)."""
    for part in accepted[:300].split(","):
        spoken = part.split(";")[0].strip().lower().split("-")[0]
        if spoken in LANGUAGES:
            return spoken
    return otherwise if otherwise in LANGUAGES else "en"
