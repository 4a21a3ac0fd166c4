#!/bin/sh
# Installs what the tests need besides the build: Kannel, Glewlwyd, ClamAV, nginx, Chromium, Python packages in .venv, and
# OpenStack Swift with its many pinned dependencies in .venv-s3.
# Quiet and instant when all is there.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
packages="curl kannel kannel-extras glewlwyd dbconfig-sqlite3 sqlite3 postgresql-15 nginx-light openssl python3 python3-venv
  clamav-daemon chromium fonts-dejavu-core libnss3-tools liberasurecode-dev"
requirements="aiosmtpd==1.4.6 playwright==1.65.2 axe-playwright-python==0.1.8 pytest==9.2.0 pytest-timeout==2.4.0 pytest-xdist==3.8.0 requests==2.34.2
  hl7==0.4.5 hl7apy==1.3.5"
store="swift==2.38.3 boto3==1.44.5"

"$root/scripts/setup-build.sh"

# Packages of servers would start their daemons. 101 means "forbidden by policy"; an existing policy is left alone.
. "$root/scripts/apt.sh"
policy=/usr/sbin/policy-rc.d
ours=no
if [ ! -e "$policy" ] && [ -w /usr/sbin ]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod +x "$policy"
    ours=yes
fi
status=0
install_missing $packages || status=$?
[ "$ours" = no ] || rm -f "$policy"
[ "$status" = 0 ] || exit "$status"

venv() { # folder requirements: made anew only when they changed
    stamp="$root/$1/requirements.txt"
    [ "$(cat "$stamp" 2>/dev/null || true)" != "$2" ] || return 0
    /usr/bin/python3 -m venv --clear "$root/$1"
    "$root/$1/bin/pip" install --quiet --disable-pip-version-check $2
    echo "$2" >"$stamp"
}
venv .venv "$requirements"
venv .venv-s3 "$store"
