#!/bin/sh
# Makes build/bundle: the program and every wheel it needs, for a machine without network.
# The wheels come from the package index that pip is set up with, and fit this kind of machine.
set -eu
cd "$(dirname "$0")/.."
rm -rf build/bundle
mkdir -p build/bundle/wheels build/bundle/lingti
git archive HEAD | tar -x -C build/bundle/lingti
.venv/bin/pip download --quiet --disable-pip-version-check --only-binary :all: --require-hashes \
    -r requirements.lock -d build/bundle/wheels
cp deploy/install.sh build/bundle/
(cd build/bundle && find wheels lingti -type f -exec sha256sum {} + | sort -k 2 > SHA256SUMS)
tar -czf build/lingti-bundle.tar.gz -C build bundle
echo "build/lingti-bundle.tar.gz"
