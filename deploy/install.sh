#!/bin/sh
# Installs a bundle where it lies, or into the folder given: sh install.sh /opt/lingti
set -eu
here="$(cd "$(dirname "$0")" && pwd)"
there="${1:-$here/lingti}"
(cd "$here" && sha256sum --quiet --check SHA256SUMS)
if [ "$there" != "$here/lingti" ]; then
    mkdir -p "$there"
    cp -R "$here/lingti/." "$there/"
fi
cd "$there"
"${PYTHON:-python3}" -m venv .venv
.venv/bin/pip install --quiet --disable-pip-version-check --no-index --find-links "$here/wheels" \
    --require-hashes -r requirements.lock
.venv/bin/pip install --quiet --disable-pip-version-check --no-index --no-deps \
    --no-build-isolation -e .
.venv/bin/lingti --help > /dev/null
echo "$there/.venv/bin/lingti"
