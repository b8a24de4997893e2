"""The experiments room: what comparisons with a control group show, and how sure it is."""
