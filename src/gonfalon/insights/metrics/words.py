"""Names of the metrics and what counts, in the four languages of the product: (name, what counts)."""

from __future__ import annotations

Words = dict[str, tuple[str, str]]

EN: Words = {
    "audience": ("Audience", "Everybody who was in the audience when it was launched; the states below add up to it."),
    "waiting": ("Waiting", "Messages that are still to be sent or tried again."),
    "sent": ("Sent", "Messages the receiving server has accepted."),
    "bounced": ("Bounced", "Messages that were accepted and came back later."),
    "delivered": ("Delivered", "Messages accepted by the receiving server, less those that came back later."),
    "failed": ("Failed", "Messages refused for good."),
    "unknown": ("Unknown", "Messages whose connection broke before the answer: sent or not, nobody can know."),
    "withheld": ("Withheld", "People of the audience who were not written to, each with a reason."),
    "reached": ("Reached", "Different people with at least one delivered message."),
    "openers": ("Opened", "Different people whose message was opened, as far as a person is thought to have done it."),
    "machine_opens": ("Opened by machines", "Messages that a scanner or privacy proxy opened; in no other number."),
    "open_rate": ("Open rate", "Many mail programs hide opens or fake them, so compare rather than trust it."),
    "clicks": ("Clicks", "Clicks that a person is thought to have made; the same person may count several times."),
    "clickers": ("Clicked", "Different people who clicked a link, as far as a person is thought to have done it."),
    "machine_clicks": ("Clicks by machines", "Requests for links by scanners and previews; in no other number."),
    "click_rate": ("Click rate", "Different people who clicked, by different people reached."),
    "unsubscribers": ("Unsubscribed", "Different people who withdrew their consent through the message."),
    "unsubscribe_rate": ("Unsubscribe rate", "Different people who unsubscribed, by different people reached."),
    "conversions": (
        "Conversions",
        "Conversion events within the attribution window, each credited once, to the last qualifying touch.",
    ),
    "converters": ("Converted", "Different people with at least one credited conversion."),
    "conversion_rate": ("Conversion rate", "Different people who converted, by different people reached."),
    "revenue": (
        "Revenue",
        "Amounts of the credited conversions in the workspace's currency; other currencies are left out.",
    ),
    "revenue_per_person": ("Revenue per person", "Revenue by different people reached."),
    "cost_planned": ("Planned cost", "Sum of the budget lines as planned."),
    "cost": ("Cost", "Sum of what the budget lines have spent."),
    "cost_per_conversion": ("Cost per conversion", "What was spent, by conversions."),
    "roi": ("Return on investment", "(revenue − total cost) ÷ total cost × 100 %, with what was spent as total cost."),
}

FR: Words = {
    "audience": ("Audience", "Toutes les personnes de l’audience au lancement ; la somme des états ci-dessous."),
    "waiting": ("En attente", "Messages encore à envoyer ou à retenter."),
    "sent": ("Envoyés", "Messages acceptés par le serveur destinataire."),
    "bounced": ("Retournés", "Messages acceptés puis renvoyés plus tard."),
    "delivered": ("Distribués", "Messages acceptés par le serveur destinataire, moins ceux renvoyés plus tard."),
    "failed": ("Échecs", "Messages refusés définitivement."),
    "unknown": (
        "Inconnus",
        "Messages dont la connexion s’est coupée avant la réponse : envoyés ou non, nul ne le sait.",
    ),
    "withheld": ("Retenus", "Personnes de l’audience à qui rien n’a été envoyé, chacune avec un motif."),
    "reached": ("Personnes atteintes", "Personnes distinctes ayant au moins un message distribué."),
    "openers": ("Ont ouvert", "Personnes distinctes dont le message a été ouvert, vraisemblablement par un humain."),
    "machine_opens": (
        "Ouverts par des machines",
        "Messages ouverts par un analyseur ou un proxy ; comptés nulle part ailleurs.",
    ),
    "open_rate": (
        "Taux d’ouverture",
        "Beaucoup de messageries cachent ou simulent l’ouverture : comparez plutôt que de vous y fier.",
    ),
    "clicks": ("Clics", "Clics vraisemblablement humains ; une même personne peut compter plusieurs fois."),
    "clickers": ("Ont cliqué", "Personnes distinctes ayant cliqué sur un lien, vraisemblablement en personne."),
    "machine_clicks": (
        "Clics de machines",
        "Appels de liens par des analyseurs et des aperçus ; comptés nulle part ailleurs.",
    ),
    "click_rate": ("Taux de clic", "Personnes distinctes ayant cliqué, sur les personnes atteintes."),
    "unsubscribers": ("Désabonnés", "Personnes distinctes ayant retiré leur consentement par ce message."),
    "unsubscribe_rate": ("Taux de désabonnement", "Personnes désabonnées, sur les personnes atteintes."),
    "conversions": (
        "Conversions",
        "Événements de conversion dans la fenêtre d’attribution, crédités une seule fois, au dernier contact admis.",
    ),
    "converters": ("Ont converti", "Personnes distinctes ayant au moins une conversion créditée."),
    "conversion_rate": ("Taux de conversion", "Personnes ayant converti, sur les personnes atteintes."),
    "revenue": (
        "Chiffre d’affaires",
        "Montants des conversions créditées dans la devise de l’espace ; les autres devises sont exclues.",
    ),
    "revenue_per_person": ("Chiffre d’affaires par personne", "Chiffre d’affaires sur les personnes atteintes."),
    "cost_planned": ("Coût prévu", "Somme prévue des lignes de budget."),
    "cost": ("Coût", "Somme dépensée des lignes de budget."),
    "cost_per_conversion": ("Coût par conversion", "Dépenses sur le nombre de conversions."),
    "roi": (
        "Retour sur investissement",
        "(chiffre d’affaires − coût total) ÷ coût total × 100 %, le coût total étant la dépense.",
    ),
}

SV: Words = {
    "audience": ("Målgrupp", "Alla i målgruppen vid utskicket; tillstånden nedan summerar till den."),
    "waiting": ("Väntar", "Meddelanden som ännu ska skickas eller försökas igen."),
    "sent": ("Skickade", "Meddelanden som den mottagande servern har tagit emot."),
    "bounced": ("Studsade", "Meddelanden som togs emot och senare kom tillbaka."),
    "delivered": ("Levererade", "Meddelanden som servern tagit emot, minus dem som senare kom tillbaka."),
    "failed": ("Misslyckade", "Meddelanden som slutgiltigt avvisades."),
    "unknown": ("Okända", "Meddelanden vars anslutning bröts före svaret: skickade eller inte, ingen kan veta."),
    "withheld": ("Undanhållna", "Personer i målgruppen som inte fick något, var och en med en orsak."),
    "reached": ("Nådda", "Olika personer med minst ett levererat meddelande."),
    "openers": ("Öppnade", "Olika personer vars meddelande öppnats, så vitt man kan se av en människa."),
    "machine_opens": (
        "Öppnade av maskiner",
        "Meddelanden som en skanner eller proxy öppnat; ingår inte i något annat tal.",
    ),
    "open_rate": (
        "Öppningsgrad",
        "Många e-postprogram döljer eller fejkar öppningar, så jämför hellre än lita på talet.",
    ),
    "clicks": ("Klick", "Klick som troligen gjorts av en människa; samma person kan räknas flera gånger."),
    "clickers": ("Klickade", "Olika personer som klickat på en länk, så vitt man kan se själva."),
    "machine_clicks": (
        "Klick av maskiner",
        "Länkanrop från skannrar och förhandsvisningar; ingår inte i något annat tal.",
    ),
    "click_rate": ("Klickgrad", "Olika personer som klickat, av olika personer som nåtts."),
    "unsubscribers": ("Avregistrerade", "Olika personer som återkallat sitt samtycke via meddelandet."),
    "unsubscribe_rate": ("Avregistreringsgrad", "Personer som avregistrerat sig, av personer som nåtts."),
    "conversions": (
        "Konverteringar",
        "Konverteringshändelser inom tidsfönstret, var och en räknad en gång, på den sista giltiga kontakten.",
    ),
    "converters": ("Konverterade", "Olika personer med minst en tillräknad konvertering."),
    "conversion_rate": ("Konverteringsgrad", "Personer som konverterat, av personer som nåtts."),
    "revenue": ("Intäkter", "De tillräknade konverteringarnas belopp i arbetsytans valuta; andra valutor räknas inte."),
    "revenue_per_person": ("Intäkt per person", "Intäkter per nådd person."),
    "cost_planned": ("Planerad kostnad", "Summan av budgetradernas plan."),
    "cost": ("Kostnad", "Summan av vad budgetraderna har kostat."),
    "cost_per_conversion": ("Kostnad per konvertering", "Det som spenderats per konvertering."),
    "roi": (
        "Avkastning på investeringen",
        "(intäkter − total kostnad) ÷ total kostnad × 100 %, där total kostnad är det som spenderats.",
    ),
}

ZH: Words = {
    "audience": ("受众", "启动时受众中的所有人；以下各状态之和等于此数。"),
    "waiting": ("等待中", "尚待发送或重试的消息。"),
    "sent": ("已发送", "被接收服务器接受的消息。"),
    "bounced": ("退回", "先被接受、后被退回的消息。"),
    "delivered": ("已送达", "被接收服务器接受的消息，减去之后被退回的消息。"),
    "failed": ("失败", "被永久拒绝的消息。"),
    "unknown": ("未知", "在得到答复前连接中断的消息：是否送出无从得知。"),
    "withheld": ("未发送", "受众中没有收到消息的人，每人都有原因。"),
    "reached": ("触达人数", "至少有一条消息送达的不同的人。"),
    "openers": ("打开人数", "消息被打开（判断为真人）的不同的人。"),
    "machine_opens": ("机器打开", "被扫描器或隐私代理打开的消息；不计入其他数字。"),
    "open_rate": ("打开率", "许多邮件程序会隐藏或伪造打开，宜作比较，不宜尽信。"),
    "clicks": ("点击次数", "判断为真人的点击；同一人可计多次。"),
    "clickers": ("点击人数", "点击过链接（判断为真人）的不同的人。"),
    "machine_clicks": ("机器点击", "扫描器和预览对链接的请求；不计入其他数字。"),
    "click_rate": ("点击率", "点击的不同的人除以触达的不同的人。"),
    "unsubscribers": ("退订人数", "通过该消息撤回同意的不同的人。"),
    "unsubscribe_rate": ("退订率", "退订人数除以触达人数。"),
    "conversions": ("转化次数", "归因窗口内的转化事件，每个只计一次，归于最后一次符合条件的接触。"),
    "converters": ("转化人数", "至少有一次归因转化的不同的人。"),
    "conversion_rate": ("转化率", "转化人数除以触达人数。"),
    "revenue": ("收入", "以工作区货币计的归因转化金额；其他货币不计入。"),
    "revenue_per_person": ("人均收入", "收入除以触达人数。"),
    "cost_planned": ("计划成本", "预算各项计划金额之和。"),
    "cost": ("成本", "预算各项已花费金额之和。"),
    "cost_per_conversion": ("单次转化成本", "已花费金额除以转化次数。"),
    "roi": ("投资回报率", "（收入 − 总成本）÷ 总成本 × 100 %，总成本为已花费金额。"),
}

WORDS: dict[str, Words] = {"en": EN, "fr": FR, "sv": SV, "zh": ZH}
