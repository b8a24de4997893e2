#!/usr/bin/env bash
# The browser tests drive the system's Chromium. Installs it on Debian and Ubuntu when that is allowed.
set -euo pipefail
if command -v chromium >/dev/null || command -v chromium-browser >/dev/null || [ -n "${GONFALON_CHROMIUM:-}" ]; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -q >/dev/null
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends chromium fonts-noto-cjk >/dev/null
    exit 0
fi
echo "The browser tests need Chromium: install it (Debian: apt install chromium) or set GONFALON_CHROMIUM to its path." >&2
exit 1
