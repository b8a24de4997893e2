"""Events from outside, in Segment's shapes."""
