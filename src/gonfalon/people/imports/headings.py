"""What columns are called: in the languages that files come in, and by the tools that they come from. Pure."""

from __future__ import annotations

import re

from gonfalon.kit.cells import bare, heading
from gonfalon.kit.money import CURRENCIES
from gonfalon.people.imports.model import Target

_IDENTITIES: dict[Target, tuple[str, ...]] = {
    Target.EMAIL: (
        "email", "e mail", "mail", "email address", "e mail address", "emailaddress", "mail address", "email adress",
        "contact email", "customer email", "subscriber email", "user email", "primary email", "work email", "email 1",
        "billing email", "email id", "e post", "epost", "epostadress", "e postadress", "mejl", "mejladress",
        "mailadress",
        "courriel", "adresse email", "adresse e mail", "adresse mail", "adresse courriel", "adresse electronique",
        "mel",
        "mailadresse", "e mail adresse", "email adresse", "邮箱", "电子邮箱", "邮件", "电子邮件", "邮箱地址",
        "邮件地址",
        "correo electrónico", "correo", "e-mailadres", "indirizzo email", "indirizzo e-mail", "posta elettronica",
        "endereço de email", "endereço de e-mail", "sähköposti", "sähköpostiosoite", "adres e-mail", "adres email",
        "e-mailová adresa", "e-mail cím", "adresă de email", "e-posta", "e-posta adresi", "eposta adresi",
        "ηλεκτρονικό ταχυδρομείο", "электронная почта", "эл. почта", "почта", "имейл", "メールアドレス", "メール",
        "eメール", "이메일", "이메일 주소", "電子郵件", "電子郵件地址", "電郵", "電子信箱", "信箱",
        "البريد الإلكتروني", "דוא״ל", "דואל", "אימייל", "subscriber",
    ),
    Target.PHONE: (
        "phone", "phone number", "mobile", "mobile phone", "mobile number", "mobile phone number", "telephone", "tel",
        "cell", "cell phone", "cellphone", "contact number", "sms", "sms number", "phone 1", "billing phone",
        "whatsapp",
        "telephone number", "telefon", "telefonnummer", "mobil", "mobilnummer", "mobiltelefon", "telefonnr",
        "portable",
        "telephone portable", "numero de telephone", "tel portable", "handy", "handynummer", "rufnummer", "mobilfunk",
        "电话", "手机", "手机号", "手机号码", "电话号码", "联系电话",
        "teléfono", "número de teléfono", "móvil", "teléfono móvil", "telefono", "cellulare", "telefone", "celular",
        "telemóvel", "telefoonnummer", "telefoon", "mobiel", "puhelin", "puhelinnumero", "numer telefonu",
        "telefon komórkowy", "telefonní číslo", "mobilní telefon", "telefonszám", "telefon numarası", "cep telefonu",
        "τηλέφωνο", "κινητό", "телефон", "номер телефона", "мобильный телефон", "電話番号", "携帯電話", "携帯番号",
        "電話", "전화번호", "휴대폰", "휴대폰 번호", "手機", "手機號碼", "الهاتف", "رقم الهاتف", "טלפון", "נייד",
    ),
    Target.EXTERNAL_ID: (
        "id", "external id", "customer id", "customerid", "customer number", "customer no", "customer ref",
        "client id",
        "contact id", "user id", "userid", "member id", "person id", "record id", "record id contact",
        "subscriber id",
        "uuid", "leid", "euid", "vid", "profile id", "klaviyo id", "account number", "kund id", "kundid",
        "kundnummer",
        "kundnr", "medlemsnummer", "id client", "numero client", "n client", "no client", "identifiant",
        "code client",
        "kundennummer", "kunden nr", "kundennr", "kunden id", "mitgliedsnummer", "编号", "客户编号", "客户号",
        "会员号",
        "用户id", "客户id", "会员编号", "external user id", "cio id", "subscriber key", "contact key", "lead id",
        "member no", "member number", "número de cliente", "id cliente", "código de cliente", "codice cliente",
        "klantnummer", "relatienummer", "asiakasnumero", "numer klienta", "id klienta", "číslo zákazníka",
        "müşteri no", "müşteri numarası", "κωδικός πελάτη", "id клиента", "номер клиента", "顧客番号", "顧客id",
        "会員番号", "会員id", "고객번호", "회원번호", "客戶編號", "會員編號", "رقم العميل",
    ),
}  # fmt: skip
"""Of one kind the earlier names count before the later ones."""
_QUALIFIERS = frozenset(
    ["person", "contact", "customer", "subscriber", "profile", "primary", "main", "work", "home", "private", "business",
     "default", "address", "mobile", "1", "value", "geschaftlich", "privat", "dienstlich", "pro", "perso", "principal"]
)  # fmt: skip
"""Words beside the name of an address or number that make it no other one: “Person - Email - Work”."""
_CHINESE = {Target.EMAIL: ("邮箱", "邮件"), Target.PHONE: ("电话", "手机"), Target.EXTERNAL_ID: ("编号", "客户号")}
_ATTRIBUTES: dict[str, tuple[str, ...]] = {
    "first_name": (
        "first name",
        "first", "nombre", "primer nombre", "voornaam", "nome", "fornavn", "etunimi", "imię", "jméno", "křestní jméno",
        "keresztnév", "prenume", "ad", "isim", "όνομα", "имя", "이름", "الاسم الأول", "שם פרטי", "firstname",
        "given name", "fname", "forename", "prenom", "fornamn", "vorname", "rufname", "名",
        "名字",
    ),
    "last_name": (
        "last name",
        "last", "apellido", "apellidos", "achternaam", "cognome", "sobrenome", "apelido", "etternavn", "sukunimi",
        "nazwisko", "příjmení", "vezetéknév", "soyad", "soyadı", "επώνυμο", "фамилия", "성", "اسم العائلة",
        "שם משפחה", "lastname", "surname", "family name", "lname", "nom", "nom de famille", "efternamn", "nachname",
        "familienname", "zuname", "姓", "姓氏",
    ),
    "country": ("country",
        "país", "paese", "kraj", "země", "ország", "țară", "ülke", "χώρα", "страна", "国", "國家", "국가", "البلد",
        "maa", "country code", "country region", "pays", "land", "国家", "国家地区"),
    "city": ("city",
        "ciudad", "plaats", "woonplaats", "città", "cidade", "kaupunki", "miasto", "město", "város", "oraș", "şehir",
        "πόλη", "город", "都市", "市区町村", "도시", "المدينة", "עיר", "town", "ville", "ort", "stad", "stadt",
        "wohnort", "城市", "default address city",
    "billing city"),
    "language": ("language", "lang", "locale", "langue", "sprak", "sprache", "语言"),
    "birthday": (
        "生年月日", "誕生日", "생년월일", "생일", "fecha de nacimiento", "data di nascita", "data de nascimento",
        "geboortedatum", "fødselsdag", "fødselsdato", "syntymäaika", "data urodzenia", "datum narození", "doğum tarihi",
        "születési dátum", "дата рождения", "день рождения", "ημερομηνία γέννησης",
        "birthday", "birth date", "birthdate", "date of birth", "dob", "date de naissance", "anniversaire",
        "fodelsedag",
        "fodelsedatum", "geburtstag", "geburtsdatum", "生日", "出生日期",
    ),
}  # fmt: skip
_TAGS = frozenset(["tags", "tag", "taggar", "etikett", "etiketter", "etiquettes", "labels", "schlagworte", "标签"])
_MONEY = frozenset(
    ["spend", "spent", "revenue", "amount", "price", "total", "ltv", "sales", "turnover", "aov", "depense",
    "depenses",
     "montant", "prix", "chiffre", "belopp", "summa", "pris", "omsattning", "betrag", "umsatz", "preis", "summe",
     "金额",
     "消费", "价格", "总额"]
)  # fmt: skip
_CURRENCY = frozenset(["currency", "devise", "valuta", "wahrung", "monnaie", "currency code", "货币", "币种"])
_TOTALS = frozenset(
    ["total", "totals", "grand total", "sum", "total général", "total general", "somme", "summa", "totalt", "summe",
     "gesamt", "gesamtsumme", "subtotal", "合计", "总计", "小计", "总数"]
)  # fmt: skip
_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP"}


_NAMED = {
    heading(name): (target, rank)
    for target, names in _IDENTITIES.items()
    for rank, name in reversed([*enumerate(names)])
}
_MEANT = {heading(name): key for key, names in _ATTRIBUTES.items() for name in names}


def identity_of(name: str) -> tuple[Target, int] | None:
    """Return which identity a heading names, and how plainly (0 is plainest); None for another heading."""
    words = heading(name)
    if found := _NAMED.get(words):
        return found
    plain = " ".join(word for word in words.split() if word not in _QUALIFIERS)
    found = _NAMED.get(plain)
    if found and found[0] is not Target.EXTERNAL_ID:
        return found[0], 90 + found[1]
    for target, signs in _CHINESE.items():
        if any(sign in words for sign in signs):
            return target, 99
    return None


def attribute_of(name: str) -> str:
    """Return the key of the usual attribute that a heading means, "" for another one."""
    words = heading(name)
    return _MEANT.get(words, "")


def is_tags(name: str) -> bool:
    """Return whether a column holds tags."""
    return heading(name) in _TAGS


_COMPANY = frozenset(
    heading(name)
    for name in (
        "company", "company name", "account name", "account", "organization", "organisation", "organization name",
        "employer", "default address company", "billing company", "associated company", "företag", "företagsnamn",
        "bolag", "arbetsgivare", "société", "entreprise", "nom de la société", "raison sociale", "firma", "firmenname",
        "unternehmen", "empresa", "azienda", "bedrijf", "公司", "公司名称", "单位",
    )
)  # fmt: skip


def is_company(name: str) -> bool:
    """Return whether a column names the company that people belong to."""
    return heading(name.replace(".", " ")) in _COMPANY


def is_money(name: str) -> bool:
    """Return whether a heading speaks of money."""
    words = heading(name)
    return bool(_MONEY & set(words.split())) or any(sign in words for sign in ("金额", "消费", "价格", "总额"))


def currency_of(name: str) -> str:
    """Return the currency that a heading says its amounts are in ("Total (USD)", "Umsatz in €"), "" for none."""
    found = next((code for sign, code in _SIGNS.items() if sign in name), "")
    words = re.findall(r"\b[A-Z]{3}\b", name)
    return next((word for word in words if word in CURRENCIES), found) if is_money(name) else ""


def names_currencies(name: str) -> bool:
    """Return whether a column holds the currency of the amounts beside it."""
    return heading(name) in _CURRENCY


def is_total(cell: str) -> bool:
    """Return whether a cell in the place of an id or address begins a line that sums the others up."""
    return heading(bare(cell)) in _TOTALS
