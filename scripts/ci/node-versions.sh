#!/usr/bin/env bash
# What touches Node itself on Node 22 (processes, HTTP, modules, streams; the pure rest is no other there), and build, synth and CLI on the oldest Node that is supported. npm's `node` package carries both.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund node22@npm:node@22 node209@npm:node@20.9.0
node22=$(find "$work/node_modules" -name node -type f -path '*bin/node' -exec sh -c '"$1" --version | grep -q "^v22" && echo "$1"' _ {} \; | head -n 1)
node209=$(find "$work/node_modules" -name node -type f -path '*bin/node' -exec sh -c '"$1" --version | grep -q "^v20.9.0" && echo "$1"' _ {} \; | head -n 1)
[ -n "$node22" ] && [ -n "$node209" ]
cd "$root"

echo "== $("$node209" --version): build, synth, plan"
PATH="$(dirname "$node209"):$PATH" "$node209" scripts/build.mjs
CDKTF_OUTDIR="$work/cdktf.out" "$node209" dist/examples/quickstart/main.js
"$node209" dist/lib/cli/main.js --help >/dev/null
(cd "$work" && "$node209" "$root/dist/lib/cli/main.js" plan --local --seed "$root/examples/quickstart/org-seed")

echo "== $("$node22" --version): suites"
# Of the long suites of commands only those about processes; the others say nothing about Node that these do not.
processes='process|killed|emulate|synthesize|provider-process|provider-loading|cdktf-cli'
PATH="$(dirname "$node22"):$PATH" "$node22" node_modules/jest/bin/jest.js test/cli/ test/constructs test/emulator test/org \
  test/package test/terraform test/operations/executor test/operations/main-job \
  --testPathIgnorePatterns /node_modules/ "test/(cli|terraform)/(?!($processes)\\.).*\\.deep\\.test\\.ts"
