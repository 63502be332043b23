#!/usr/bin/env bash
# Dumps the Postgres of DATABASE_URL (or of the file DATABASE_URL_FILE) into BACKUP_DIRECTORY, again every BACKUP_EVERY_SECONDS unless `--once` is
# given, and removes dumps of more than BACKUP_KEEP_DAYS. One that is not whole has another name, and no name is used twice.
set -euo pipefail
url=${DATABASE_URL:-$(cat "${DATABASE_URL_FILE:?or DATABASE_URL}")}
directory=${BACKUP_DIRECTORY:?}
trap 'exit 0' TERM INT

dump() {
  local file
  file=$directory/tally-$(date -u +%Y%m%dT%H%M%SZ)-$$.dump
  # Only after a dump that is whole: a server that is away for a week must not cost the last good one.
  if ! pg_dump --format=custom --file="$file.part" --dbname="$url"; then
    rm -f "$file.part"
    return 1
  fi
  mv "$file.part" "$file" || return 1
  find "$directory" -name 'tally-*.dump*' -mtime "+$((${BACKUP_KEEP_DAYS:-7} - 1))" -delete
  echo "$file"
}

if [ "${1:-}" = --once ]; then
  dump
  exit
fi
while true; do
  dump || echo "no backup was made; the next try is in ${BACKUP_EVERY_SECONDS:-3600} s" >&2
  sleep "${BACKUP_EVERY_SECONDS:-3600}" &
  wait $!
done
