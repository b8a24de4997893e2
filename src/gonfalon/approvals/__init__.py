"""Approvals: rules, groups, requests and decisions; nothing that a rule asks about happens without its yes."""
