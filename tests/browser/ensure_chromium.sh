#!/bin/sh
# Installs Chromium and Chinese fonts where that is possible without asking: Debian, as root.
for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 && found=yes
done
fonts=$(fc-list :lang=zh 2>/dev/null | head -n 1)
[ -n "$found" ] && [ -n "$fonts" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Chromium and Chinese fonts for the browser tests"
    apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive \
        apt-get install -qq -y chromium fonts-noto-cjk >/dev/null
    exit $?
fi
echo "No Chromium found: the browser tests will be skipped" >&2
