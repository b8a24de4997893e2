"""What a file looks like: encoding, delimiter, header, column types, and a plan that would do. Blocking."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from gonfalon.kit.errors import Invalid
from gonfalon.people.attributes.model import Attribute, AttributeType
from gonfalon.people.attributes.rules import storable
from gonfalon.people.imports import files, values
from gonfalon.people.imports.model import (
    ColumnPlan,
    Detected,
    DetectedColumn,
    Existing,
    Match,
    Plan,
    Reading,
    Target,
    Warning_,
)
from gonfalon.people.imports.rules import MAX_COLUMNS, column_names, shown
from gonfalon.people.rules import key_of

LOOKED_AT = 5_000
MOST_CHOICES = 30
MONTH_FIRST = {"US", "PH", "FM"}
"""Countries that write the month before the day."""

EMAIL_NAMES = {
    "email",
    "e_mail",
    "email_address",
    "mail",
    "e_post",
    "epost",
    "courriel",
    "adresse_email",
    "adresse_e_mail",
}
PHONE_NAMES = {
    "phone",
    "phone_number",
    "mobile",
    "mobile_phone",
    "telephone",
    "tel",
    "cell",
    "telefon",
    "mobil",
    "portable",
}
EXTERNAL_NAMES = {
    "id", "external_id", "customer_id", "customerid", "customer_number", "customer_no", "client_id", "contact_id",
    "user_id", "userid", "member_id", "person_id", "kund_id", "kundnummer", "kundnr", "id_client", "numero_client",
}  # fmt: skip
NAMES_IN_CHINESE = {
    Target.EMAIL: ("邮箱", "邮件"),
    Target.PHONE: ("电话", "手机"),
    Target.EXTERNAL_ID: ("编号", "客户号"),
    Target.CONSENT: ("订阅", "同意"),
}
CONSENT_WORDS = {
    "newsletter", "newsletters", "optin", "subscribed", "subscription", "consent", "consented", "marketing",
    "nyhetsbrev", "samtycke", "prenumererar", "prenumeration", "infolettre", "abonne", "abonnement", "consentement",
}  # fmt: skip
REFUSAL_WORDS = {
    "no", "not", "never", "without", "out", "optout", "unsubscribed", "unsubscribe", "ej", "inte", "pas", "sans",
}  # fmt: skip
"""With one of these in its name, a yes may mean that somebody refused."""
ATTRIBUTE_NAMES = {
    "first_name": {"first_name", "firstname", "given_name", "prenom", "fornamn"},
    "last_name": {"last_name", "lastname", "surname", "family_name", "nom", "efternamn"},
    "country": {"country", "country_code", "pays", "land"},
    "city": {"city", "town", "ville", "ort", "stad"},
    "language": {"language", "lang", "locale", "langue", "sprak"},
    "birthday": {"birthday", "birth_date", "date_of_birth", "dob", "date_de_naissance", "fodelsedag"},
}
MONEY_NAMES = {
    "spend", "spent", "revenue", "amount", "price", "total", "ltv", "sales",
    "depense", "montant", "prix", "belopp", "summa", "pris", "omsattning",
}  # fmt: skip


def detect(
    path: Path, attributes: Mapping[str, Attribute], currency: str, country: str, given: Reading | None = None
) -> Detected:
    """Looks at the beginning of a CSV file. `given` (somebody's choice) is believed instead of detected.

    Raises Invalid, saying what to do, for a file that holds no rows.
    """
    warnings: list[Warning_] = []
    encoding, mixed = (given.encoding, False) if given else files.detect_encoding(path)
    if mixed:
        warnings.append(
            Warning_(
                code="mixed_encodings",
                sentence="Some lines are in another encoding than the rest; they will be rejected and listed.",
            )
        )
    text = files.sample_text(path, encoding)
    delimiter = given.delimiter if given else files.detect_delimiter(text)
    first, rows = _first_rows(path, Reading(encoding=encoding, delimiter=delimiter))
    header = given.header if given else _has_header(first)
    names, doubles, empty = column_names(first, header)
    if len(names) > MAX_COLUMNS:
        raise Invalid("import_columns_many", f"The file has over {MAX_COLUMNS} columns; remove those not needed.")
    if header and not rows:
        raise Invalid("import_file_empty", "The file holds a header but no rows.")
    if doubles:
        quoted = ", ".join(f"“{name}”" for name in doubles[:3])
        sentence = f"Several columns are called {quoted}; the later ones got a number."
        warnings.append(Warning_(code="duplicate_headers", sentence=sentence))
    if empty:
        sentence = f"{len(empty)} column(s) have no name; they are called by their position."
        warnings.append(Warning_(code="empty_headers", sentence=sentence))
    if len(names) == 1 and any(mark in first[0] for mark in ",;\t|"):
        sentence = "Only one column was found, but the cells hold other delimiters; choose the right delimiter."
        warnings.append(Warning_(code="delimiter_doubtful", sentence=sentence))
    body = rows if header else [first, *rows]
    columns = [_column(index, name, body, country) for index, name in enumerate(names)]
    reading = Reading(encoding=encoding, delimiter=delimiter, header=header)
    suggested = suggest(columns, body, attributes, reading, country)
    if suggested is None:
        sentence = "No column holds email addresses, phone numbers or ids; choose the one that people are matched by."
        warnings.append(Warning_(code="no_identity", sentence=sentence))
    return Detected(reading=reading, columns=columns, warnings=warnings, suggested=suggested)


def suggest(
    columns: Sequence[DetectedColumn],
    rows: Sequence[Sequence[str]],
    attributes: Mapping[str, Attribute],
    reading: Reading,
    country: str,
) -> Plan | None:
    """A plan by names and contents; None when nothing identifies people."""
    plans: list[ColumnPlan] = []
    taken: set[Target] = set()
    used: set[str] = set()
    for column in columns:
        target = _identity(column, rows)
        if target is not None and target not in taken:
            taken.add(target)
            plans.append(ColumnPlan(column=column.index, to=target))
            continue
        known = _known_attribute(column, attributes)
        if known is not None and known.key not in used:
            used.add(known.key)
            plans.append(
                ColumnPlan(
                    column=column.index, to=Target.ATTRIBUTE, attribute=known.key, type=known.type,
                    format=_format_for(known.type, column),
                )
            )  # fmt: skip
        elif Target.CONSENT not in taken and _says_consent(column):
            taken.add(Target.CONSENT)
            plans.append(ColumnPlan(column=column.index, to=Target.CONSENT))
        elif not column.samples:
            plans.append(ColumnPlan(column=column.index, to=Target.SKIP))
        else:
            plans.append(
                ColumnPlan(
                    column=column.index,
                    to=Target.NEW_ATTRIBUTE,
                    label=_label(column.name),
                    type=column.type,
                    choices=column.choices,
                    format=column.format,
                )
            )
    match = next(
        (
            match
            for target, match in (
                (Target.EMAIL, Match.EMAIL),
                (Target.EXTERNAL_ID, Match.EXTERNAL_ID),
                (Target.PHONE, Match.PHONE),
            )
            if target in taken
        ),
        None,
    )
    if match is None:
        return None
    return Plan(columns=plans, match=match, existing=Existing.OVERWRITE, country=country, reading=reading)


def _first_rows(path: Path, reading: Reading) -> tuple[list[str], list[list[str]]]:
    rows: list[list[str]] = []
    with files.open_rows(path, reading) as (found, _):
        for row in found:
            if row.fields is not None and any(cell.strip() for cell in row.fields):
                rows.append(row.fields)
            if len(rows) > LOOKED_AT:
                break
    if not rows:
        raise Invalid("import_file_empty", "The file holds no rows that can be read; check its quotation marks.")
    return rows[0], rows[1:]


def _has_header(first: Sequence[str]) -> bool:
    """A first row with an address, a number or a date in it is data."""
    cells = [cell.strip() for cell in first if cell.strip()]
    like_data = (values.as_number("point"), values.as_date("ymd"))
    return not any("@" in cell or any(_all([cell], convert) for convert in like_data) for cell in cells)


def _column(index: int, name: str, rows: Sequence[Sequence[str]], country: str) -> DetectedColumn:
    cells = [cell for row in rows if index < len(row) and (cell := values.plain_text(row[index]))]
    type_, format_, choices = _type(name, cells, country)
    return DetectedColumn(
        index=index,
        name=name,
        samples=[shown(cell[:100]) for cell in cells[:3]],
        type=type_,
        format=format_,
        choices=choices,
    )


def _type(name: str, cells: list[str], country: str) -> tuple[AttributeType, str, list[str]]:
    """Type, way of writing and choices of a column's filled cells: the first guess that fits every one of them."""
    distinct = set(cells)
    for type_, format_, convert in _guesses(name, distinct, country):
        if _all(distinct, convert):
            return type_, format_, []
    repeated = distinct and len(cells) >= 5 * len(distinct)
    if repeated and len(distinct) <= MOST_CHOICES and all(len(cell) <= 60 for cell in distinct):
        return AttributeType.CHOICE, "", sorted(cell for cell in distinct if storable(cell))
    return AttributeType.TEXT, "", []


def _guesses(name: str, distinct: set[str], country: str) -> Iterator[tuple[AttributeType, str, Callable[[str], str]]]:
    """What a column could be, the narrowest first."""
    if not distinct:
        return
    if len({cell.casefold() for cell in distinct}) == 2:
        yield AttributeType.BOOLEAN, "", values.as_boolean
    for order in ("ymd", "mdy", "dmy") if country in MONTH_FIRST else ("ymd", "dmy", "mdy"):
        yield AttributeType.DATE, order, values.as_date(order)
    # 00123 is a code, not a number.
    if not any(len(cell) > 1 and cell[0] == "0" and cell.isdigit() for cell in distinct):
        kind = AttributeType.MONEY if _is_money(name, distinct) else AttributeType.NUMBER
        for mark in ("point", "comma"):
            yield kind, mark, values.as_number(mark)
    if any(not c.isdigit() for cell in distinct for c in cell[:1] + cell[-1:]):
        for mark in ("point", "comma"):
            yield AttributeType.MONEY, mark, values.as_money(mark, "EUR")


def _is_money(name: str, cells: set[str]) -> bool:
    words = set(key_of(name, "").split("_"))
    return bool(words & MONEY_NAMES) and any("." in cell or "," in cell for cell in cells)


def _all(cells: Sequence[str] | set[str], convert: Callable[[str], str]) -> bool:
    try:
        for cell in cells:
            convert(cell)
    except values.Rejected:
        return False
    return True


def _identity(column: DetectedColumn, rows: Sequence[Sequence[str]]) -> Target | None:
    key = key_of(column.name, "")
    for target, names in (
        (Target.EMAIL, EMAIL_NAMES),
        (Target.PHONE, PHONE_NAMES),
        (Target.EXTERNAL_ID, EXTERNAL_NAMES),
    ):
        named = key in names or any(word in column.name for word in NAMES_IN_CHINESE[target])
        if named and (target is not Target.EXTERNAL_ID or _unique(column.index, rows)):
            return target
    if column.samples and all("@" in cell and "." in cell for cell in column.samples):
        return Target.EMAIL
    return None


def _says_consent(column: DetectedColumn) -> bool:
    """Whether a column of yes and no is about permission: kept as one of many attributes, nobody would obey it."""
    words = set(key_of(column.name, "").split("_"))
    named = words & CONSENT_WORDS or {"opt", "in"} <= words
    chinese = any(word in column.name for word in NAMES_IN_CHINESE[Target.CONSENT])
    refuses = words & REFUSAL_WORDS or any(sign in column.name for sign in "不未退拒")
    return column.type is AttributeType.BOOLEAN and bool(named or chinese) and not refuses


def _unique(index: int, rows: Sequence[Sequence[str]]) -> bool:
    cells = [row[index] for row in rows if index < len(row) and row[index].strip()]
    return len(set(cells)) >= 0.95 * len(cells)


def _known_attribute(column: DetectedColumn, attributes: Mapping[str, Attribute]) -> Attribute | None:
    key, name = key_of(column.name, "attribute"), column.name.casefold()
    for attribute in attributes.values():
        if attribute.label.casefold() == name or attribute.key == key:
            return attribute
    return next(
        (attributes[known] for known, names in ATTRIBUTE_NAMES.items() if key in names and known in attributes), None
    )


def _format_for(type_: AttributeType, column: DetectedColumn) -> str:
    """The column's way of writing, where it is one of the attribute's type."""
    if type_ is AttributeType.DATE:
        return column.format if column.format in ("ymd", "dmy", "mdy") else "ymd"
    if type_ in (AttributeType.NUMBER, AttributeType.MONEY):
        return column.format if column.format in ("point", "comma") else "point"
    return ""


def _label(name: str) -> str:
    """A heading as people write it: months_since_last_order → Months since last order."""
    words = " ".join(name.replace("_", " ").split())
    return (words[:1].upper() + words[1:])[:120] if words == words.lower() else words[:120]
