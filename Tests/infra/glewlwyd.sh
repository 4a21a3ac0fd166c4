#!/bin/bash
# glewlwyd.sh PORT DIR: Glewlwyd, a real OpenID Connect provider from Debian, on http://localhost:PORT/api.
#
# Empty but for its administrator (admin, password); users and clients are made by REST (Tests/serve). Its users have a
# GLN. Prints "ready", ends when standard input ends.
set -eu
port=$1 folder=$2
mkdir -p "$folder"
openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out "$folder/private.pem" 2>/dev/null
openssl pkey -in "$folder/private.pem" -pubout -out "$folder/public.pem"
# the server refuses symbolic links out of its root, and the package makes a folder of config.json
cp -rL /usr/share/glewlwyd/webapp "$folder/webapp"
rm -rf "$folder/webapp/config.json"
cp /usr/share/glewlwyd/templates/config.json "$folder/webapp/"
sqlite3 "$folder/db" </usr/share/dbconfig-common/data/glewlwyd/install/sqlite3
for name in gln given_name family_name; do # before there are users
    sqlite3 "$folder/db" "update g_user_module_instance set gumi_parameters = json_set(gumi_parameters,
      '\$.data-format.$name',
      json('{\"multiple\":false,\"read\":true,\"write\":true,\"profile-read\":true,\"profile-write\":false}'))"
done
sed -e "s#^port=4593#port=$port\nbind_address=\"127.0.0.1\"#" -e "s#localhost:4593/#localhost:$port#" \
    -e "s#^login_url=#static_files_path=\"$folder/webapp/\"\nlogin_url=#" -e 's#^log_mode=.*#log_mode="console"#' \
    -e "s#@include \"/etc/glewlwyd/glewlwyd-db.conf\"#database={type=\"sqlite3\";path=\"$folder/db\";};#" \
    /etc/glewlwyd/glewlwyd.conf >"$folder/conf"
glewlwyd --config-file="$folder/conf" >"$folder/out" 2>&1 &
server=$!
trap 'kill $server 2>/dev/null; wait $server 2>/dev/null || true' EXIT
for _ in $(seq 1500); do
    if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
        echo ready
        cat >/dev/null
        exit 0
    fi
    sleep 0.02
done
echo "Glewlwyd does not listen" >&2
exit 1
