#!/usr/bin/env bash
# The browser tests drive the system's Chromium, best its headless shell: the engine without the browser around it.
# Installs it on Debian when that is allowed.
set -euo pipefail
has() { command -v "$1" >/dev/null; }
install() { DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" >/dev/null; }

if [ -n "${GONFALON_CHROMIUM:-}" ] || has chromium-headless-shell; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && has apt-get && apt-get update -q >/dev/null; then
    install chromium-headless-shell fonts-noto-cjk || install chromium fonts-noto-cjk || true
fi
if ! has chromium-headless-shell && ! has chromium && ! has chromium-browser; then
    echo "The browser tests need Chromium: install it (Debian: apt install chromium-headless-shell)" \
        "or set GONFALON_CHROMIUM to its path." >&2
    exit 1
fi
