"""The people room: who we can reach, how, and with what permission."""
