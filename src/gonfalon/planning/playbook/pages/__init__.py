"""Pages of the playbook: definitions, rules, guidelines, checklists, shown beside what they apply to."""
