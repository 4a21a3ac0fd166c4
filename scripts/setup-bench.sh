#!/bin/sh
# Installs what the benchmarks need besides the build: a load generator, a static-file server, counters of syncs and of
# instructions.
set -eu

. "$(dirname "$0")/apt.sh"

# nginx's package would start its daemon. 101 means "forbidden by policy"; an existing policy is left alone.
policy=/usr/sbin/policy-rc.d
ours=no
if [ ! -e "$policy" ] && [ -w /usr/sbin ]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod +x "$policy"
    ours=yes
fi
status=0
install_missing wrk nginx-light strace valgrind binutils python3 || status=$?
[ "$ours" = no ] || rm -f "$policy"
exit "$status"
