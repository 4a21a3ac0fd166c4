#!/bin/sh
# ca.sh DIR: one certificate authority and one server certificate for all test servers, and a second
# authority that nobody trusts. Clients get DIR/ca.crt; no test switches verification off.
set -eu
mkdir -p "$1"
cd "$1"
[ -e srv.crt ] && exit 0
for name in ca foreign; do
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -keyout $name.key -out $name.crt \
        -subj "/CN=Passerelle test $name" -addext basicConstraints=critical,CA:TRUE \
        -addext keyUsage=critical,keyCertSign,cRLSign 2>>ca.log
done
openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout srv.key -out srv.csr \
    -subj "/CN=portal.test" 2>>ca.log
printf 'subjectAltName=DNS:portal.test,DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth\nbasicConstraints=CA:FALSE\n' >ext
openssl x509 -req -in srv.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 30 -extfile ext -out srv.crt 2>>ca.log
chmod 600 ./*.key
openssl verify -CAfile ca.crt srv.crt >>ca.log
