"""What mails about accounts say, in the four languages."""

from __future__ import annotations

Words = dict[str, str]

_EN: Words = {
    "invitation.subject": "You are invited to {workspace}",
    "invitation.lead": "{inviter} invites you to work together in {workspace}.",
    "invitation.action": "Accept the invitation",
    "invitation.until": "The link works once, until {until}, and only for {email}.",
    "invitation.other": "If you expected no invitation, leave this mail alone: nothing happens then.",
    "password.subject": "Your link for a new password",
    "password.lead": "Somebody, probably you, asked for a new password for {email}.",
    "password.action": "Choose a new password",
    "password.until": "The link works once and for one hour. A new password signs you out everywhere.",
    "password.other": "If it was not you, leave this mail alone: your password stays as it is.",
}
_FR: Words = {
    "invitation.subject": "Vous êtes invité à rejoindre {workspace}",
    "invitation.lead": "{inviter} vous invite à travailler ensemble dans {workspace}.",
    "invitation.action": "Accepter l’invitation",
    "invitation.until": "Le lien fonctionne une seule fois, jusqu’au {until}, et seulement pour {email}.",
    "invitation.other": "Si vous n’attendiez pas d’invitation, ignorez ce message : il ne se passera rien.",
    "password.subject": "Votre lien pour un nouveau mot de passe",
    "password.lead": "Quelqu’un, sans doute vous, a demandé un nouveau mot de passe pour {email}.",
    "password.action": "Choisir un nouveau mot de passe",
    "password.until": (
        "Le lien fonctionne une seule fois et pendant une heure. Un nouveau mot de passe vous déconnecte partout."
    ),
    "password.other": "Si ce n’était pas vous, ignorez ce message : votre mot de passe reste le même.",
}
_SV: Words = {
    "invitation.subject": "Du är inbjuden till {workspace}",
    "invitation.lead": "{inviter} bjuder in dig att arbeta tillsammans i {workspace}.",
    "invitation.action": "Tacka ja till inbjudan",
    "invitation.until": "Länken fungerar en gång, till och med {until}, och bara för {email}.",
    "invitation.other": "Om du inte väntade dig någon inbjudan kan du låta mejlet vara: då händer ingenting.",
    "password.subject": "Din länk för ett nytt lösenord",
    "password.lead": "Någon, troligen du, har bett om ett nytt lösenord för {email}.",
    "password.action": "Välj ett nytt lösenord",
    "password.until": "Länken fungerar en gång och i en timme. Ett nytt lösenord loggar ut dig överallt.",
    "password.other": "Om det inte var du kan du låta mejlet vara: ditt lösenord är oförändrat.",
}
_ZH: Words = {
    "invitation.subject": "您受邀加入 {workspace}",
    "invitation.lead": "{inviter} 邀请您加入 {workspace}，一起工作。",
    "invitation.action": "接受邀请",
    "invitation.until": "此链接只能使用一次，有效期至 {until}，且仅限 {email}。",
    "invitation.other": "如果您没有在等这份邀请，请忽略此邮件：什么都不会发生。",
    "password.subject": "您的新密码链接",
    "password.lead": "有人（很可能是您）请求为 {email} 设置新密码。",
    "password.action": "设置新密码",
    "password.until": "此链接只能使用一次，一小时内有效。设置新密码后，您将在所有设备上退出登录。",
    "password.other": "如果不是您本人，请忽略此邮件：您的密码不会改变。",
}

WORDS: dict[str, Words] = {"en": _EN, "fr": _FR, "sv": _SV, "zh": _ZH}
