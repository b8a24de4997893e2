"""The words of a printed retrospective, by language."""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "retrospective": "Retrospective", "summary": "Summary", "goal": "Goal and results", "metric": "Metric",
        "baseline": "Baseline", "target": "Target", "result": "Result", "budget": "Budget", "planned": "Planned",
        "spent": "Spent", "over": "Over the plan", "under": "Not spent", "timeline": "Timeline", "done": "Tasks done",
        "of": "{part} of {whole}", "late": "Ended late", "slip": "End moved by", "days": "{n} days",
        "slipped": "{name}: {n} days late", "worked": "What worked", "lacked": "What lacked", "lessons": "Lessons",
        "actions": "Next actions", "as_of": "as of {at}", "by": "led by {name}",
    },
    "fr": {
        "retrospective": "Rétrospective", "summary": "Résumé", "goal": "Objectif et résultats",
        "metric": "Indicateur", "baseline": "Départ", "target": "Cible", "result": "Résultat", "budget": "Budget",
        "planned": "Prévu", "spent": "Dépensé", "over": "Dépassement", "under": "Non dépensé",
        "timeline": "Planning", "done": "Tâches faites", "of": "{part} sur {whole}", "late": "Finies en retard",
        "slip": "Fin décalée de", "days": "{n} jours", "slipped": "{name} : {n} jours de retard",
        "worked": "Ce qui a marché", "lacked": "Ce qui a manqué", "lessons": "Enseignements",
        "actions": "Prochaines actions", "as_of": "au {at}", "by": "menée par {name}",
    },
    "sv": {
        "retrospective": "Återblick", "summary": "Sammanfattning", "goal": "Mål och resultat", "metric": "Mått",
        "baseline": "Utgångsläge", "target": "Mål", "result": "Resultat", "budget": "Budget", "planned": "Planerat",
        "spent": "Använt", "over": "Över planen", "under": "Inte använt", "timeline": "Tidplan",
        "done": "Klara uppgifter", "of": "{part} av {whole}", "late": "Klara för sent", "slip": "Slutet flyttat",
        "days": "{n} dagar", "slipped": "{name}: {n} dagar sent", "worked": "Vad som fungerade",
        "lacked": "Vad som saknades", "lessons": "Lärdomar", "actions": "Nästa steg", "as_of": "per {at}",
        "by": "leds av {name}",
    },
    "zh": {
        "retrospective": "复盘", "summary": "摘要", "goal": "目标与结果", "metric": "指标", "baseline": "基线",
        "target": "目标值", "result": "结果", "budget": "预算", "planned": "计划", "spent": "已用", "over": "超支",
        "under": "未用", "timeline": "时间线", "done": "已完成任务", "of": "{whole} 项中的 {part} 项",
        "late": "延期完成", "slip": "结束推迟", "days": "{n} 天", "slipped": "{name}：推迟 {n} 天",
        "worked": "有效之处", "lacked": "不足之处", "lessons": "经验", "actions": "后续行动", "as_of": "截至 {at}",
        "by": "负责人：{name}",
    },
}  # fmt: skip
