#!/usr/bin/env bash
# Renews the lock files: every package with its hashes, and no registry's address, so that any mirror serves.
set -euo pipefail
cd "$(dirname "$0")/.."
options=(--universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet "$@")
.venv/bin/uv pip compile pyproject.toml "${options[@]}" --output-file requirements.lock
.venv/bin/uv pip compile pyproject.toml --group dev "${options[@]}" --constraints requirements.lock --output-file requirements-dev.lock
