#!/usr/bin/env bash
# Writes where a Chromium without a window is: one that this machine has, or else one from apt (as root) or from npm.
# Only the path goes to standard output. $1: a folder to put one in. CHROME_BIN names one; BROWSER_FETCH=1 ignores those
# that are installed, BROWSER_FETCH=npm apt as well, to try the other ways.
set -euo pipefail
folder=${1:-target/browser}
fetch=${BROWSER_FETCH:-}
npm_package=@sparticuz/chromium@147.0.0

found() {
  if [ -n "${1:-}" ] && [ -x "$1" ]; then
    printf '%s\n' "$1"
    exit 0
  fi
}

installed() {
  local name
  for name in chromium-headless-shell chromium chromium-browser google-chrome-stable google-chrome; do
    found "$(command -v "$name" || true)"
  done
}

from_apt() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 0
  {
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium-headless-shell
  } >&2 || return 0
  found "$(command -v chromium-headless-shell || true)"
}

# the package holds the program compressed by brotli; node unpacks it
from_npm() {
  command -v npm >/dev/null || return 0
  mkdir -p "$folder"
  local program
  program=$(cd "$folder" && pwd)/chromium
  found "$program"
  npm install --silent --no-save --ignore-scripts --prefix "$folder" "$npm_package" >&2 || return 0
  node --input-type=module - "$folder/node_modules/@sparticuz/chromium/bin/chromium.br" "$program" <<'JS'
import { readFileSync, writeFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
const [from, to] = process.argv.slice(-2);
writeFileSync(to, brotliDecompressSync(readFileSync(from)), { mode: 0o755 });
JS
  found "$program"
}

found "${CHROME_BIN:-}"
[ -n "$fetch" ] || installed
[ "$fetch" = npm ] || from_apt
from_npm
echo "there is no Chromium, and neither apt nor npm gave one: install one and name it in CHROME_BIN" >&2
exit 1
