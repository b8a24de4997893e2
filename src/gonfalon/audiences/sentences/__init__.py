"""Rules typed as English sentences, and said as such: a small grammar, no guessing."""
