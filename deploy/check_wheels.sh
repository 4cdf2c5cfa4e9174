#!/bin/sh
# Fails, naming them, where pinned packages have no wheel for an office's machine: x86-64 and ARM,
# glibc 2.28 (Kylin V10, UOS 20, Debian 10, RHEL 8), each Python that Lingti runs on.
set -eu
cd "$(dirname "$0")/.."
for machine in x86_64 aarch64; do
    for python in 3.11 3.12 3.13; do
        .venv/bin/uv pip compile requirements.lock --quiet --no-build --no-header --no-annotate \
            --python-platform "$machine-manylinux_2_28" --python-version "$python" \
            --output-file /dev/null > /dev/null
        echo "$machine, glibc 2.28, Python $python: every package has a wheel"
    done
done
