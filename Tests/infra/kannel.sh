#!/bin/bash
# kannel.sh PORT DIR: Kannel's bearerbox and smsbox with a fake carrier, on PORT to PORT+3. sendsms listens
# on PORT+3, user portal, password secret. What the carrier received stands in DIR/fakesmsc.out.
# Prints "ready", ends when standard input ends.
set -eu
port=$1 folder=$2
mkdir -p "$folder"
cat >"$folder/kannel.conf" <<CONF
group = core
admin-port = $port
admin-port-ssl = false
admin-password = adm
status-password = st
admin-interface = "127.0.0.1"
smsbox-port = $((port + 1))
smsbox-interface = "127.0.0.1"
box-allow-ip = "127.0.0.1"
box-deny-ip = "*.*.*.*"
log-file = "$folder/bearerbox.log"
log-level = 1
dlr-storage = internal
store-type = file
store-location = "$folder/store"

group = smsc
smsc = fake
smsc-id = FAKE
port = $((port + 2))
connect-allow-ip = 127.0.0.1

group = smsbox
bearerbox-host = 127.0.0.1
bearerbox-port = $((port + 1))
sendsms-port = $((port + 3))
sendsms-interface = "127.0.0.1"
log-file = "$folder/smsbox.log"
log-level = 1
global-sender = Passerelle

group = sendsms-user
username = portal
password = secret
user-deny-ip = "*.*.*.*"
user-allow-ip = "127.0.0.1"
concatenation = true
max-messages = 5

group = sms-service
keyword = default
text = "Merci"
CONF

groups=()
start() { # name command…: in a process group of its own, because smsbox starts itself anew under another pid
    local name=$1
    shift
    setsid "$@" >"$folder/$name.out" 2>&1 </dev/null &
    groups=("$!" "${groups[@]}")
}
# KILL: whoever starts us from a thread that blocks signals makes our children deaf to TERM
stop() { for group in "${groups[@]}"; do kill -KILL -- "-$group" 2>/dev/null || true; done; }
trap stop EXIT
answers() {
    for _ in $(seq 500); do
        (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return 0
        sleep 0.02
    done
    echo "nothing listens on port $1" >&2
    return 1
}

# An accepted connection is no service yet: the port listens before its threads read.
speaks() {
    for _ in $(seq 250); do
        curl -s -o "$folder/probe" "http://127.0.0.1:$1/" && return 0
        sleep 0.02
    done
    echo "no HTTP on port $1" >&2
    return 1
}

start bearerbox /usr/sbin/bearerbox "$folder/kannel.conf"
answers $((port + 1)) && answers $((port + 2))
start smsbox /usr/sbin/smsbox "$folder/kannel.conf"
answers $((port + 3)) && speaks $((port + 3))
start fakesmsc /usr/lib/kannel/test/fakesmsc -H 127.0.0.1 -r $((port + 2)) -i 1 -m 0 '+41790001122 Passerelle text STOP'
echo ready
cat >/dev/null
