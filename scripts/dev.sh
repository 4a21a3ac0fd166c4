#!/bin/sh
# Builds, runs the demo, and does both again whenever a source file changes. `scripts/dev.sh PORT DATA`
set -u
cd "$(dirname "$0")/.."
port=$1
data=$2
server=""

stop() {
    [ -z "$server" ] || { kill "$server" 2>/dev/null; wait "$server" 2>/dev/null; }
    server=""
}
trap 'stop; exit 0' INT TERM

stamp=$(mktemp)
while true; do
    touch "$stamp"
    if swift build --product passerelle --explicit-target-dependency-import-check error &&
        swift build --product passerelle-pdf && swift build --product passerelle-poppler; then
        stop
        .build/debug/passerelle demo --port "$port" --data "$data" &
        server=$!
    fi
    while [ -z "$(find Sources Package.swift -newer "$stamp" -print -quit)" ]; do sleep 1; done
done
