"""Reviewers from outside, by a link: they see the versions of one content, remark and answer, and nothing else."""
