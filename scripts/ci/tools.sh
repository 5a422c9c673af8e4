#!/usr/bin/env bash
# Tools of the suites that run only where they are found: Chromium for the HTML report, cdktf-cli and cdktn-cli for `deploy`,
# the Salesforce CLI, with a Node that is new enough for it, requests-oauthlib.
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

# Completion is tried in the shells that there are, the hook for commits in the real pre-commit, questions in tmux.
missing=''
for tool in zsh fish pre-commit tmux; do have "$tool" || missing="$missing $tool"; done
if [ -n "$missing" ] && have apt-get; then
  sudo=''
  [ "$(id -u)" -eq 0 ] || { have sudo && sudo='sudo -n'; }
  export DEBIAN_FRONTEND=noninteractive
  { timeout 300 $sudo apt-get update -qq && timeout 300 $sudo apt-get install -y -qq --no-install-recommends $missing; } \
    >/dev/null 2>&1 || echo "could not be installed:$missing" >&2
fi

# A client in Python, which PyPI is not needed for.
if ! /usr/bin/python3 -c 'import requests_oauthlib' >/dev/null 2>&1 && have apt-get; then
  sudo=''
  [ "$(id -u)" -eq 0 ] || { have sudo && sudo='sudo -n'; }
  export DEBIAN_FRONTEND=noninteractive
  { timeout 300 $sudo apt-get update -qq && timeout 300 $sudo apt-get install -y -qq --no-install-recommends python3-requests-oauthlib; } \
    >/dev/null 2>&1 || echo 'requests-oauthlib could not be installed' >&2
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

# It needs Node 22.19, which npm's `node` package carries.
if [ -z "${CDKTN_CLI:-}" ] && ! have cdktn; then
  folder=$(mktemp -d)
  if timeout 600 npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder/cli" cdktn-cli@0.24.0 >/dev/null 2>&1 &&
    timeout 600 npm install --silent --no-audit --no-fund --prefix "$folder/node" node@22 >/dev/null 2>&1; then
    printf '#!/bin/sh\nexec "%s" "%s" "$@"\n' "$folder/node/node_modules/node/bin/node" "$folder/cli/node_modules/.bin/cdktn" >"$folder/cdktn"
    chmod +x "$folder/cdktn"
    echo "CDKTN_CLI=$folder/cdktn"
  else
    echo 'cdktn-cli could not be installed' >&2
  fi
fi
