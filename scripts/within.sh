#!/bin/sh
# within.sh SECONDS COMMAND…: runs COMMAND and says how long it took. One that hangs is ended with its children, and fails by
# name, before the whole run is cut off without a word.
limit=$1
shift
begun=$(date +%s)
# -k: who does not heed SIGTERM. In the foreground of a terminal Ctrl-C still reaches the command.
if [ -t 0 ]; then timeout --foreground -k 20 "$limit" "$@"; else timeout -k 20 "$limit" "$@"; fi
status=$?
[ "$status" != 124 ] && [ "$status" != 137 ] || echo "error: not done within $limit s: $*"
echo "took $(($(date +%s) - begun)) s: $*"
exit "$status"
