"""Pure decisions about audiences."""

from __future__ import annotations

from gonfalon.kit.errors import Invalid

from .segments.language import Attribute, Consent, Member, Message, Place, Rule, Score, walk


def check_name(name: str) -> str:
    """Return the name without blanks around it; raises Invalid for none or one over 200 characters."""
    found = name.strip()
    if not found:
        raise Invalid("name_missing", "Give the audience a name.")
    if len(found) > 200:
        raise Invalid("name_long", "Give the audience a name of at most 200 characters.")
    return found


def references_of(rule: Rule) -> list[str]:
    """Return what a rule speaks of, as ``attribute:<key>``, ``topic:<key>``, ``audience:<id>``, ``campaign:<id>``,
    ``score:<id>``.

    Kept beside the rule, so that whoever wants to delete such a thing finds who needs it.
    """
    found = set[str]()
    for _, node in walk(rule):
        match node:
            case Attribute():
                found.add(f"attribute:{node.key}")
            case Place():
                found |= {f"attribute:{node.latitude_key}", f"attribute:{node.longitude_key}"}
            case Consent():
                found.add(f"topic:{node.topic}")
            case Member():
                found.add(f"audience:{node.audience}")
            case Score():
                found.add(f"score:{node.score}")
            case Message(campaign=campaign) if campaign is not None:
                found.add(f"campaign:{campaign}")
    return sorted(found)
