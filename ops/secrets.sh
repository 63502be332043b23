#!/bin/sh
# Makes the secrets of docker-compose.yml, once: what is there stays. Where they go: ./secrets, or the first argument.
set -eu
directory=${1:-$(dirname "$0")/../secrets}
mkdir -p "$directory"
# Others on this machine cannot get into the folder; the containers' user must be able to read the files in it.
chmod 0700 "$directory"
cd "$directory"

keep() {
  [ -e "$1" ] || cat >"$1"
  chmod 0644 "$1"
}
random() {
  od -An -N24 -tx1 /dev/urandom | tr -d ' \n'
}

for name in postgres_password redis_password cache_password router_to_jira_secret router_to_voting_secret voting_to_jira_secret jira_webhook_secret; do
  random | keep "$name"
done
# Any token satisfies the simulator; for your Jira, write yours into this file.
printf 'simulated' | keep jira_api_token
printf 'postgres://tally:%s@postgres:5432/tally' "$(cat postgres_password)" | keep database_url
printf 'redis://:%s@redis:6379' "$(cat redis_password)" | keep redis_url
printf 'redis://:%s@cache:6379' "$(cat cache_password)" | keep cache_redis_url
