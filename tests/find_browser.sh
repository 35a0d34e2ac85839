#!/bin/sh
# Make sure there is a Chromium to test in: on the PATH, from Debian's packages, or Playwright's own.
[ "$1" = no ] && exit 0
for name in chromium chromium-browser google-chrome; do command -v "$name" >/dev/null 2>&1 && exit 0; done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "No Chromium on the PATH: installing Debian's package." >&2
  apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null && exit 0
fi
.venv/bin/python -m playwright install chromium >/dev/null 2>&1 && exit 0
echo "No Chromium for the browser tests. Install one (Debian: apt-get install chromium)," >&2
echo "or leave those tests out: make test BROWSER=no" >&2
exit 1
