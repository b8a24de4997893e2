"""What it means to people when a constraint of the database says no: usually that two of them did the same at once."""

from __future__ import annotations

CONFLICTS: dict[str, tuple[str, str]] = {
    "uq_approval_groups_workspace_id_name": (
        "approval_group_name_taken", "There is a group of this name already; choose another name.",
    ),
    "uq_approval_requests_waiting": (
        "approval_asked", "Somebody has just asked for this approval; open the request that waits.",
    ),
    "uq_approval_decisions_step_id_user_id": ("approval_decided", "You have decided here already."),
    "uq_attribute_definitions_key": (
        "attribute_key_taken", "This key was already used for an attribute; choose another one.",
    ),
    "uq_brief_changes_passage_id_version": (
        "changed_meanwhile", "Somebody else saved this passage at the same moment; load it again.",
    ),
    "uq_dispatches_touchpoint_id": ("touchpoint_launched", "This touchpoint has just been launched by somebody else."),
    "uq_goals_campaign_id": ("goal_exists", "Somebody else has just set a goal for this campaign; load it first."),
    "uq_invitations_open": (
        "invitation_open", "Somebody else has just invited this address; load the list of invitations again.",
    ),
    "pk_members": ("member_exists", "They are already a member of this workspace."),
    "uq_people_email": ("identity_taken", "This address, number or id belongs to somebody else."),
    "uq_people_external": ("identity_taken", "This address, number or id belongs to somebody else."),
    "uq_people_phone": ("identity_taken", "This address, number or id belongs to somebody else."),
    "uq_identities_workspace_id_kind_value": (
        "identity_taken", "This address, number or id belongs to somebody else.",
    ),
    "uq_reviews_live": ("review_open", "This content is under review already; open that one."),
    "uq_spend_entries_workspace_id_external_id": (
        "external_id_taken", "Another entry has this number already; entries are not changed: take that one back.",
    ),
    "uq_spend_entries_reverses_id": ("entry_reversed", "This entry was taken back already; load the list again."),
    "uq_suppressions_workspace_id_channel_address_hash": (
        "already_suppressed", "This address is on the suppression list already.",
    ),
    "uq_task_links_predecessor_id_successor_id": ("link_exists", "The two tasks are linked already."),
    "uq_topics_workspace_id_key": ("topic_taken", "There is a topic with this key already; load the list again."),
    "uq_users_email": ("account_exists", "Somebody has an account with this address already; sign in with it."),
    "uq_workspaces_slug": (
        "workspace_address_taken", "A workspace with this address was made at the same moment; try again.",
    ),
}  # fmt: skip
"""Constraint → code and sentence; those that are not here are told in general words (`kit/http.py`)."""
