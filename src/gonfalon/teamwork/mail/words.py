"""What notice mails say, in the four languages. The interface says the same in its messages `notice.<kind>`."""

from __future__ import annotations

from gonfalon.teamwork.model import NoticeKind

Words = dict[str, str]

_EN: Words = {
    "mentioned": "{actor} mentioned you in {title}",
    "commented": "{actor} commented on {title}",
    "assigned": "{actor} gave you {title}",
    "handed_over": "{title} was handed over to you",
    "approval_asked": "{actor} asks you to approve {title}",
    "approval_decided.approved": "{actor} approved {title}",
    "approval_decided.changes": "{actor} asks for changes to {title}",
    "approval_decided.refused": "{actor} refused {title}",
    "approval_void": "{title} was changed, so its approval no longer holds",
    "budget_overrun": "{title} is {amount} over its budget",
    "due_soon": "{title} is due on {on}",
    "overdue": "{title} was due on {on}",
    "schedule_moved": "{title} now ends on {on}",
    "campaign_changed": "{actor} changed {title}",
    "lesson_due": "The lesson “{title}” runs out on {on}: does it still hold?",
    "digest": "{workspace}: {count} new",
    "several": "{workspace}: {count} new for you",
    "open": "Open",
    "more": "and {count} more",
    "all": "See all",
    "why": "You get this because you are a member of {workspace}. Choose what is mailed to you:",
}
_FR: Words = {
    "mentioned": "{actor} vous a mentionné dans {title}",
    "commented": "{actor} a commenté {title}",
    "assigned": "{actor} vous a confié {title}",
    "handed_over": "{title} vous a été transmis",
    "approval_asked": "{actor} vous demande d’approuver {title}",
    "approval_decided.approved": "{actor} a approuvé {title}",
    "approval_decided.changes": "{actor} demande des modifications à {title}",
    "approval_decided.refused": "{actor} a refusé {title}",
    "approval_void": "{title} a été modifié, son approbation n’est donc plus valable",
    "budget_overrun": "{title} dépasse son budget de {amount}",
    "due_soon": "{title} est à rendre le {on}",
    "overdue": "{title} était à rendre le {on}",
    "schedule_moved": "{title} se termine maintenant le {on}",
    "campaign_changed": "{actor} a modifié {title}",
    "lesson_due": "L’enseignement « {title} » expire le {on} : est-il toujours valable ?",
    "digest": "{workspace} : {count} nouveautés",
    "several": "{workspace} : {count} nouveautés pour vous",
    "open": "Ouvrir",
    "more": "et {count} de plus",
    "all": "Tout voir",
    "why": "Vous recevez ce message comme membre de {workspace}. Choisissez ce qui vous est envoyé :",
}
_SV: Words = {
    "mentioned": "{actor} nämnde dig i {title}",
    "commented": "{actor} kommenterade {title}",
    "assigned": "{actor} gav dig {title}",
    "handed_over": "{title} har lämnats över till dig",
    "approval_asked": "{actor} ber dig godkänna {title}",
    "approval_decided.approved": "{actor} godkände {title}",
    "approval_decided.changes": "{actor} vill ha ändringar i {title}",
    "approval_decided.refused": "{actor} avslog {title}",
    "approval_void": "{title} har ändrats, så godkännandet gäller inte längre",
    "budget_overrun": "{title} ligger {amount} över sin budget",
    "due_soon": "{title} ska vara klar {on}",
    "overdue": "{title} skulle ha varit klar {on}",
    "schedule_moved": "{title} slutar nu {on}",
    "campaign_changed": "{actor} ändrade {title}",
    "lesson_due": "Lärdomen ”{title}” går ut {on}: stämmer den fortfarande?",
    "digest": "{workspace}: {count} nya",
    "several": "{workspace}: {count} nya till dig",
    "open": "Öppna",
    "more": "och {count} till",
    "all": "Visa alla",
    "why": "Du får detta som medlem i {workspace}. Välj vad som mejlas till dig:",
}
_ZH: Words = {
    "mentioned": "{actor} 在“{title}”中提到了你",
    "commented": "{actor} 评论了“{title}”",
    "assigned": "{actor} 将“{title}”分配给了你",
    "handed_over": "“{title}”已移交给你",
    "approval_asked": "{actor} 请你审批“{title}”",
    "approval_decided.approved": "{actor} 批准了“{title}”",
    "approval_decided.changes": "{actor} 要求修改“{title}”",
    "approval_decided.refused": "{actor} 拒绝了“{title}”",
    "approval_void": "“{title}”已被修改,审批不再有效",
    "budget_overrun": "“{title}”超出预算 {amount}",
    "due_soon": "“{title}”将于 {on} 到期",
    "overdue": "“{title}”已于 {on} 到期",
    "schedule_moved": "“{title}”现于 {on} 结束",
    "campaign_changed": "{actor} 修改了“{title}”",
    "lesson_due": "经验“{title}”将于 {on} 失效:它仍然成立吗?",
    "digest": "{workspace}:{count} 条新通知",
    "several": "{workspace}:你有 {count} 条新通知",
    "open": "打开",
    "more": "还有 {count} 条",
    "all": "查看全部",
    "why": "你是 {workspace} 的成员,因此收到此邮件。选择要通过邮件接收的内容:",
}

WORDS: dict[str, Words] = {"en": _EN, "fr": _FR, "sv": _SV, "zh": _ZH}


def key_of(kind: NoticeKind, decision: object) -> str:
    """The sentence of a kind: approvals have one for each decision."""
    return f"{kind.value}.{decision}" if kind is NoticeKind.APPROVAL_DECIDED else kind.value
