#!/usr/bin/env bash
# The suite runs once against the distribution's own PostgreSQL too. Installs it on Debian and Ubuntu when that is
# allowed; elsewhere, or when it fails, that one test is skipped and says so.
set -uo pipefail
if compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null || [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    exit 0
fi
# The packages' own cluster would start a server on port 5432; nobody asked for one.
mkdir -p /etc/postgresql-common/createcluster.d
echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.d/gonfalon-test.conf
apt-get update -q >/dev/null
DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends postgresql >/dev/null
exit 0
