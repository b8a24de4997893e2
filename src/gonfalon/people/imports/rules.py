"""Pure decisions on imports: reasons for rejecting a row, names of columns, and whether a plan makes sense."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gonfalon.kit.errors import Invalid
from gonfalon.people.attributes.model import Attribute
from gonfalon.people.imports.model import DetectedColumn, Match, Plan, Target

MAX_FILE = 2_684_354_560  # 2.5 GiB
MAX_COLUMNS = 500
ERASED = "erased"
DUPLICATE = "duplicate"
"""The reason of a line that a later line about the same person replaces: reported, but not a fault."""

REASONS: dict[str, dict[str, str]] = {
    "en": {
        "broken_quotes": "A quotation mark in this line is never closed or stands in the wrong place.",
        "choice_many": "The column holds more than 200 different values; import it as text.",
        "choice_unknown": "The value is not one of the attribute’s choices.",
        "date_invalid": "The value is not a date in the chosen order of day, month and year.",
        "duplicate": "A later line of the file is about the same person and was taken instead.",
        "email_invalid": "The email address is not valid.",
        "boolean_invalid": "The value is neither yes nor no.",
        "erased": "This person asked to be erased and is not brought back.",
        "external_id_invalid": "The id is longer than 255 characters.",
        "key_missing": "The value that people are matched by is empty.",
        "money_invalid": "The value is not an amount of money.",
        "number_invalid": "The value is not a number.",
        "phone_invalid": "The phone number cannot be called; numbers without + need a country.",
        "raced": "Somebody else changed this person at the same moment; import the line again.",
        "ragged": "The line has more or fewer cells than the header.",
        "taken": "The address, number or id belongs to somebody else.",
        "too_long": "The text is longer than 5,000 characters.",
        "unreadable": "The line is written in another encoding than the rest of the file.",
    },
    "fr": {
        "broken_quotes": "Un guillemet de cette ligne n’est jamais fermé ou est mal placé.",
        "choice_many": "La colonne contient plus de 200 valeurs différentes ; importez-la comme texte.",
        "choice_unknown": "La valeur ne fait pas partie des choix de l’attribut.",
        "date_invalid": "La valeur n’est pas une date dans l’ordre choisi de jour, mois et année.",
        "duplicate": "Une ligne suivante du fichier concerne la même personne et a été retenue.",
        "email_invalid": "L’adresse e-mail n’est pas valide.",
        "boolean_invalid": "La valeur n’est ni oui ni non.",
        "erased": "Cette personne a demandé son effacement et n’est pas réintégrée.",
        "external_id_invalid": "L’identifiant dépasse 255 caractères.",
        "key_missing": "La valeur qui sert à reconnaître les personnes est vide.",
        "money_invalid": "La valeur n’est pas un montant.",
        "number_invalid": "La valeur n’est pas un nombre.",
        "phone_invalid": "Ce numéro ne peut pas être appelé ; sans +, il faut un pays.",
        "raced": "Cette personne a été modifiée au même moment ; importez la ligne à nouveau.",
        "ragged": "La ligne a plus ou moins de cellules que l’en-tête.",
        "taken": "L’adresse, le numéro ou l’identifiant appartient à quelqu’un d’autre.",
        "too_long": "Le texte dépasse 5 000 caractères.",
        "unreadable": "La ligne est écrite dans un autre encodage que le reste du fichier.",
    },
    "sv": {
        "broken_quotes": "Ett citattecken på raden avslutas aldrig eller står på fel plats.",
        "choice_many": "Kolumnen har fler än 200 olika värden; importera den som text.",
        "choice_unknown": "Värdet är inte ett av attributets alternativ.",
        "date_invalid": "Värdet är inte ett datum i vald ordning av dag, månad och år.",
        "duplicate": "En senare rad i filen gäller samma person och användes i stället.",
        "email_invalid": "E-postadressen är inte giltig.",
        "boolean_invalid": "Värdet är varken ja eller nej.",
        "erased": "Personen har begärt att bli raderad och tas inte in igen.",
        "external_id_invalid": "Id:t är längre än 255 tecken.",
        "key_missing": "Värdet som personer känns igen på är tomt.",
        "money_invalid": "Värdet är inte ett belopp.",
        "number_invalid": "Värdet är inte ett tal.",
        "phone_invalid": "Numret går inte att ringa; nummer utan + behöver ett land.",
        "raced": "Någon annan ändrade personen i samma ögonblick; importera raden igen.",
        "ragged": "Raden har fler eller färre celler än rubrikraden.",
        "taken": "Adressen, numret eller id:t tillhör någon annan.",
        "too_long": "Texten är längre än 5 000 tecken.",
        "unreadable": "Raden är skriven i en annan teckenkodning än resten av filen.",
    },
    "zh": {
        "broken_quotes": "该行的引号未闭合或位置不正确。",
        "choice_many": "该列包含超过 200 个不同的值；请按文本导入。",
        "choice_unknown": "该值不在此属性的选项中。",
        "date_invalid": "该值不是符合所选年月日顺序的日期。",
        "duplicate": "文件中后面的一行是同一个人，已采用后者。",
        "email_invalid": "电子邮件地址无效。",
        "boolean_invalid": "该值既不是“是”也不是“否”。",
        "erased": "此人已要求删除数据，不会重新导入。",
        "external_id_invalid": "编号超过 255 个字符。",
        "key_missing": "用于识别人员的值为空。",
        "money_invalid": "该值不是金额。",
        "number_invalid": "该值不是数字。",
        "phone_invalid": "电话号码无法拨打；不带 + 的号码需要指定国家。",
        "raced": "此人同时被他人修改；请重新导入该行。",
        "ragged": "该行的单元格数与标题行不一致。",
        "taken": "该地址、号码或编号属于其他人。",
        "too_long": "文本超过 5,000 个字符。",
        "unreadable": "该行的编码与文件其余部分不同。",
    },
}
"""Why a row is rejected, by language and code; written beside the row in the file of rejected rows."""

IDENTITY_TARGETS = {Target.EMAIL: Match.EMAIL, Target.PHONE: Match.PHONE, Target.EXTERNAL_ID: Match.EXTERNAL_ID}


def check_plan(
    plan: Plan, columns: Sequence[DetectedColumn], attributes: Mapping[str, Attribute], *, complete: bool = True
) -> None:
    """Raises Invalid with the first thing in the plan that cannot be done. complete: consent is decided on too."""
    names = {column.index: column.name for column in columns}
    seen: set[str] = set()
    for each in plan.columns:
        if each.column not in names:
            raise Invalid("import_plan_invalid", f"The file has no column {each.column + 1}; choose among its columns.")
        name = names[each.column]
        match each.to:
            case Target.SKIP:
                continue
            case Target.ATTRIBUTE:
                if each.attribute not in attributes:
                    raise Invalid("import_plan_invalid", f"“{name}” goes to an attribute that does not exist.")
                goal = f"attribute {each.attribute}"
            case Target.NEW_ATTRIBUTE:
                if not each.label.strip():
                    raise Invalid("import_plan_invalid", f"Give the new attribute for “{name}” a name.")
                goal = f"new {each.label.strip().casefold()}"
            case _:
                goal = each.to.value
        if goal in seen:
            raise Invalid("import_plan_invalid", f"Two columns go to the same place; “{name}” is the second.")
        seen.add(goal)
    if plan.match.value not in seen:
        raise Invalid(
            "import_plan_invalid",
            f"People are to be matched by {plan.match.value.replace('_', ' ')}, but no column holds it; choose one.",
        )
    if complete and "consent" in seen and plan.consent is None:
        raise Invalid(
            "import_plan_invalid", "A column holds consent; say where, when and for which topics it was given."
        )


def column_names(first: Sequence[str], header: bool) -> tuple[list[str], list[str], list[int]]:
    """A unique name for each column; which names were doubles; which columns had none."""
    if not header:
        return [f"Column {number + 1}" for number in range(len(first))], [], []
    names: list[str] = []
    doubles: list[str] = []
    empty: list[int] = []
    for number, cell in enumerate(first):
        name = " ".join(shown(cell).split())[:120]
        if not name:
            empty.append(number)
            name = f"Column {number + 1}"
        unique, again = name, 2
        while unique in names:
            unique, again = f"{name} ({again})", again + 1
        if unique != name:
            doubles.append(name)
        names.append(unique)
    return names, list(dict.fromkeys(doubles)), empty


def shown(cell: str) -> str:
    """A cell as it can be shown and kept: what has no place in UTF-8 or PostgreSQL becomes �."""
    return cell.encode("utf-8", "replace").decode().replace("\x00", "�")
