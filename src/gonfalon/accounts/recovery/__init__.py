"""A new password for somebody who has forgotten theirs: a link by mail, or from the operator."""
