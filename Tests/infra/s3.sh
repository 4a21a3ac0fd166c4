#!/bin/bash
# s3.sh PORT DIR: OpenStack Swift with its S3 interface on PORT, its stores behind it on PORT+1 to PORT+3.
# Region eu-central-2, access key «portal:app», secret «s3cret», bucket «letters». What was stored stays in DIR, so
# that it can be stopped and started again, unless there is a file DIR/temporary. Prints "ready", ends when standard
# input ends.
set -eu
port=$1 folder=$2
bin="$(cd "$(dirname "$0")/../.." && pwd)/.venv-s3/bin"
mkdir -p "$folder/etc" "$folder/data/d1" "$folder/cache"

cat >"$folder/etc/swift.conf" <<CONF
[swift-hash]
swift_hash_path_suffix = a
swift_hash_path_prefix = b
[storage-policy:0]
name = p0
default = yes
CONF

number=$((port + 1))
for kind in account container object; do
    if [ ! -e "$folder/etc/$kind.ring.gz" ]; then
        builder="$folder/etc/$kind.builder"
        "$bin/swift-ring-builder" "$builder" create 4 1 0 >/dev/null
        "$bin/swift-ring-builder" "$builder" add "r1z1-127.0.0.1:$number/d1" 1 >/dev/null
        "$bin/swift-ring-builder" "$builder" rebalance >/dev/null
    fi
    cat >"$folder/etc/$kind.conf" <<CONF
[DEFAULT]
devices = $folder/data
mount_check = false
bind_ip = 127.0.0.1
bind_port = $number
workers = 0
user = $(id -un)
swift_dir = $folder/etc
recon_cache_path = $folder/cache
log_name = $kind
[pipeline:main]
pipeline = $kind-server
[app:$kind-server]
use = egg:swift#$kind
CONF
    number=$((number + 1))
done

cat >"$folder/etc/proxy.conf" <<CONF
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = $port
workers = 0
user = $(id -un)
swift_dir = $folder/etc
[pipeline:main]
pipeline = catch_errors cache listing_formats bulk s3api tempauth slo dlo symlink versioned_writes proxy-server
[app:proxy-server]
use = egg:swift#proxy
allow_account_management = true
account_autocreate = true
[filter:tempauth]
use = egg:swift#tempauth
user_portal_app = s3cret .admin
[filter:s3api]
use = egg:swift#s3api
location = eu-central-2
s3_acl = false
auth_pipeline_check = true
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:9
[filter:versioned_writes]
use = egg:swift#versioned_writes
allow_object_versioning = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:bulk]
use = egg:swift#bulk
[filter:slo]
use = egg:swift#slo
[filter:dlo]
use = egg:swift#dlo
[filter:symlink]
use = egg:swift#symlink
CONF

groups=()
start() { # kind
    setsid "$bin/swift-$1-server" "$folder/etc/$1.conf" >>"$folder/$1.log" 2>&1 </dev/null &
    groups=("$!" "${groups[@]}")
}
# KILL: whoever starts us from a thread that blocks signals makes our children deaf to TERM
stop() {
    for group in "${groups[@]}"; do kill -KILL -- "-$group" 2>/dev/null || true; done
    [ ! -e "$folder/temporary" ] || rm -rf "$folder"
}
trap stop EXIT
answers() {
    for _ in $(seq 750); do
        (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return 0
        sleep 0.02
    done
    echo "nothing listens on port $1" >&2
    return 1
}

for kind in account container object proxy; do start "$kind"; done
for number in $((port + 1)) $((port + 2)) $((port + 3)) "$port"; do answers "$number"; done
"$bin/python" "$(dirname "$0")/s3_bucket.py" "$port" letters >/dev/null
echo ready
cat >/dev/null
