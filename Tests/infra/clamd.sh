#!/bin/bash
# clamd.sh DIR: clamd on DIR/clamd.sock with three signatures of our own, no download: the EICAR test file by its words, and
# one file by its hash. Ends when standard input ends.
set -eu
folder=$1
mkdir -p "$folder/db" "$folder/tmp"
python3 - "$folder" <<'PYTHON'
import binascii, hashlib, sys

folder = sys.argv[1]
# in two pieces: this file must not be a finding itself
eicar = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
bad = b"known-bad file, found by its hash\n"
open(folder + "/db/p.ndb", "w").write("Passerelle.Eicar-Test:0:*:" + binascii.hexlify(eicar).decode() + "\n")
open(folder + "/db/p.hdb", "w").write(f"{hashlib.md5(bad).hexdigest()}:{len(bad)}:Passerelle.Bad-MD5\n")
open(folder + "/db/p.hsb", "w").write(f"{hashlib.sha256(bad).hexdigest()}:{len(bad)}:Passerelle.Bad-SHA256\n")
PYTHON
cat >"$folder/clamd.conf" <<CONF
Foreground yes
LocalSocket $folder/clamd.sock
FixStaleSocket yes
DatabaseDirectory $folder/db
TemporaryDirectory $folder/tmp
LogFile $folder/clamd.log
StreamMaxLength 26M
MaxFileSize 26M
MaxScanSize 100M
MaxThreads 4
ConcurrentDatabaseReload no
AlertEncrypted yes
AlertExceedsMax yes
OfficialDatabaseOnly no
CONF
clamd -c "$folder/clamd.conf" &
daemon=$!
trap 'kill $daemon 2>/dev/null || true; wait' EXIT
cat >/dev/null
