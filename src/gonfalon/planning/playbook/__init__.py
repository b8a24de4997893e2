"""What a team knows: templates of whole campaigns, playbook pages, lessons, and retrospectives that make them."""
