#!/bin/sh
# Makes build/bundle: the program and every wheel it needs, for a machine without network.
# The wheels come from the package index that pip is set up with. They fit this kind of machine, or
# the one named: MACHINE (x86_64 or aarch64, with glibc 2.28 or newer) and PYTHON_VERSION (3.12).
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
fits=""
if [ -n "${MACHINE:-}" ]; then
    fits="--implementation cp --python-version ${PYTHON_VERSION:-$(.venv/bin/python -c \
        'import sys; print("%d.%d" % sys.version_info[:2])')}"
    glibc=28
    while [ "$glibc" -ge 5 ]; do # pip looks for the tags it is given and knows of no older ones
        fits="$fits --platform manylinux_2_${glibc}_$MACHINE"
        glibc=$((glibc - 1))
    done
    fits="$fits --platform manylinux2014_$MACHINE --platform manylinux2010_$MACHINE --platform manylinux1_$MACHINE"
fi
# shellcheck disable=SC2086  # several options
.venv/bin/pip download --quiet --disable-pip-version-check --only-binary :all: --require-hashes \
    $fits -r build/bundle/lingti/requirements.lock -d build/bundle/wheels
cp deploy/install.sh build/bundle/
(cd build/bundle && find wheels lingti -type f -exec sha256sum {} + | sort -k 2 > SHA256SUMS)
name="lingti-bundle${MACHINE:+-$MACHINE}.tar.gz"
tar -czf "build/$name" -C build bundle
echo "build/$name"
