#!/bin/sh
# Installs the Debian packages needed to build and to run the portal. Quiet and instant when all are there.
set -eu

packages="pkg-config libsqlite3-dev libpq-dev zlib1g-dev libargon2-dev libfido2-dev libqrencode-dev libcurl4-openssl-dev
  libpango1.0-dev libpng-dev libqpdf-dev fontconfig fonts-dejavu-core qpdf poppler-utils bubblewrap util-linux ca-certificates tzdata make"

. "$(dirname "$0")/apt.sh"
install_missing $packages
