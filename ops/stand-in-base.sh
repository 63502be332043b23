#!/bin/sh
# stand-in-base.sh IMAGE NODE_BINARY: where no registry can be reached, an image of that name out of Debian's packages and the given Node.
# It is not the official image: it shows that our Dockerfile builds and runs, not that theirs is what we think.
set -eu
image=$1 node=$2
work=$(mktemp -d)
container=
trap 'if [ -n "$container" ]; then buildah rm "$container" >/dev/null; fi; rm -rf "$work"' EXIT
command -v mmdebstrap >/dev/null || { echo 'mmdebstrap is missing: apt-get install mmdebstrap' >&2; exit 1; }
mmdebstrap --quiet --variant=minbase --include=ca-certificates,libstdc++6 --mode=root bookworm "$work/base.tar"
mkdir -p "$work/files/usr/local/bin" "$work/files/usr/local/lib/node_modules" "$work/files/etc/ssl/certs"
cp "$node" "$work/files/usr/local/bin/node"
cp -a "$(npm root --global)/npm" "$work/files/usr/local/lib/node_modules/"
ln -s ../lib/node_modules/npm/bin/npm-cli.js "$work/files/usr/local/bin/npm"
ln -s ../lib/node_modules/npm/bin/npx-cli.js "$work/files/usr/local/bin/npx"
container=$(buildah from scratch)
buildah add -q "$container" "$work/base.tar" /
buildah add -q "$container" "$work/files" /
# A company's proxy may sign what npm downloads: its authorities are this machine's.
buildah copy -q "$container" /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
buildah run --isolation chroot "$container" -- useradd --uid 1000 --create-home node
buildah config --env NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt --cmd node "$container"
buildah commit -q "$container" "$image"
