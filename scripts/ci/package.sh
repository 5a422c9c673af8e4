#!/usr/bin/env bash
# What a user gets: the tarball's manifest, types for every resolver, and a real install in an empty project.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

npm pack --silent --pack-destination "$work" >/dev/null
tarball=$(ls "$work"/*.tgz)
npx --no-install publint "$tarball" --strict
npx --no-install attw "$tarball" --profile node16 --exclude-entrypoints ./package.json
npx --no-install attw "$tarball" --exclude-entrypoints ./package.json

mkdir "$work/project"
cd "$work/project"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund "$tarball" cdktf@0.21.0 constructs@~10.7.2 @cdktf/provider-null@11.0.1 typescript@5.9.3 @types/node@20
cp "$root/test/package/ten-lines.ts" main.ts
npx --no-install tsc --strict --module node16 --moduleResolution node16 --target es2022 --skipLibCheck --types node main.ts
node main.js
npx --no-install client-apps plan --local
cd "$work"
# Named as a package: npm 11.19 runs a bare path to a tarball as a command.
npx --yes --package "$tarball" client-apps init clients --ci github
cd clients
npm install --silent --no-audit --no-fund
npm test
npx --no-install client-apps apply --local --auto-approve
npx --no-install client-apps drift --local
cd "$work/project"
if command -v terraform >/dev/null 2>&1; then
  cd cdktf.out/stacks/identity
  TF_CLI_CONFIG_FILE= CHECKPOINT_DISABLE=1 terraform init -input=false -no-color >/dev/null
  TF_CLI_CONFIG_FILE= terraform validate -no-color
fi
