#!/bin/sh
# Makes build/bundle: the program and every wheel it needs, for a machine without network.
# The wheels come from the package index that pip is set up with, and fit this kind of machine.
# Its requirements.lock holds the versions of the checkout's, without what only developers need.
set -eu
cd "$(dirname "$0")/.."
rm -rf build/bundle
mkdir -p build/bundle/wheels build/bundle/lingti
git archive HEAD | tar -x -C build/bundle/lingti
echo "setuptools" | .venv/bin/uv pip compile pyproject.toml - --quiet --generate-hashes \
    --constraint requirements.lock --no-header --no-emit-index-url \
    --output-file build/bundle/requirements.lock
mv build/bundle/requirements.lock build/bundle/lingti/requirements.lock
.venv/bin/pip download --quiet --disable-pip-version-check --only-binary :all: --require-hashes \
    -r build/bundle/lingti/requirements.lock -d build/bundle/wheels
cp deploy/install.sh build/bundle/
(cd build/bundle && find wheels lingti -type f -exec sha256sum {} + | sort -k 2 > SHA256SUMS)
tar -czf build/lingti-bundle.tar.gz -C build bundle
echo "build/lingti-bundle.tar.gz"
