#!/usr/bin/env bash
# Builds the front end from npm packages with the machine's Node.js (20 or newer), else with one from a pinned wheel.
set -euo pipefail
cd "$(dirname "$0")/.."
node_major() { "$1" --version 2>/dev/null | sed -n 's/^v\([0-9]*\).*/\1/p'; }
if [ "$(node_major node || true)" -ge 20 ] 2>/dev/null && command -v npm >/dev/null; then
  echo "      Node.js $(node --version) of this machine"
else
  if [ ! -x .node/bin/node ]; then
    .venv/bin/uv venv -q .node
    .venv/bin/uv pip install -q --python .node/bin/python --require-hashes -r requirements/node.txt
  fi
  PATH="$PWD/.node/bin:$PATH"
  export PATH
  echo "      Node.js $(node --version) from the pinned wheel"
fi
npm ci --no-audit --no-fund --ignore-scripts --loglevel=error
npm run --silent build
