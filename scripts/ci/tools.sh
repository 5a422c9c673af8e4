#!/usr/bin/env bash
# Tools of the suites that run only where they are found: Chromium for the HTML report, cdktf-cli for `cdktf deploy`,
# the Salesforce CLI, with a Node that is new enough for it.
# Prints lines for the environment (NAME=value). What cannot be had is said on stderr; its suites then do not run.
set -u
have() { command -v "$1" >/dev/null 2>&1; }

if ! have chromium && ! have chromium-browser && ! have google-chrome && have apt-get; then
  sudo=''
  [ "$(id -u)" -eq 0 ] || { have sudo && sudo='sudo -n'; }
  export DEBIAN_FRONTEND=noninteractive
  { timeout 300 $sudo apt-get update -qq && timeout 600 $sudo apt-get install -y -qq --no-install-recommends chromium; } \
    >/dev/null 2>&1 || echo 'chromium could not be installed' >&2
fi

if [ -z "${CDKTF_CLI:-}" ] && ! have cdktf; then
  folder=$(mktemp -d)
  # Its only native part draws the terminal of an interactive run, and is not needed.
  if timeout 600 npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" cdktf-cli@0.21.0 >/dev/null 2>&1; then
    echo "CDKTF_CLI=$folder/node_modules/.bin/cdktf"
  else
    echo 'cdktf-cli could not be installed' >&2
  fi
fi

if [ -z "${SALESFORCE_CLI:-}" ]; then
  folder=$(mktemp -d)
  node_package=$(node -p '`node-${process.platform}-${process.arch}@22`')
  if timeout 400 npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" \
    @salesforce/cli@2 "$node_package" >/dev/null 2>&1; then
    echo "SALESFORCE_CLI=$folder/node_modules/@salesforce/cli/bin/run.js"
    echo "SALESFORCE_CLI_NODE=$folder/node_modules/${node_package%@22}/bin/node"
  else
    echo 'the Salesforce CLI could not be installed' >&2
  fi
fi
