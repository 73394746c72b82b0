#!/usr/bin/env bash
# Exercises docker-compose.yml on a Debian machine that can pull no image (local-servers.md, "Docker on such a machine").
#
#   tools/docker/stand-ins.sh images   makes stand-ins for rabbitmq:4-management, mongo:8 and node:24-bookworm-slim
#                                      out of Debian's own packages, and says so; users pull the real ones
#   tools/docker/stand-ins.sh try      brings the whole system up with them, places an order, waits for its message
#   tools/docker/stand-ins.sh down     takes it down, volumes included
#
# Needs root. Installs Debian's docker.io, and Compose and Buildx from Debian sid, where they are missing.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=${XDG_CACHE_HOME:-$HOME/.cache}/earlybird-notifications/docker
mkdir -p "$work"
mirror=$(sed -n 's/^URIs: *\([^ ]*\).*/\1/p; s/^deb \(\[[^]]*\] \)\?\([^ ]*\) .*/\2/p' /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2>/dev/null | head -n 1 || true)
compose=(docker compose -f docker-compose.yml -f tools/docker/stand-ins.yml)

say() { printf '\n== %s\n' "$*"; }

engine() {
  command -v dockerd >/dev/null || { say 'installing Debian docker.io'; apt-get update -qq; apt-get install -y -qq docker.io mmdebstrap >/dev/null; }
  if ! docker info >/dev/null 2>&1; then
    say 'starting dockerd'
    setsid dockerd >"$work/dockerd.log" 2>&1 &
    for _ in $(seq 60); do docker info >/dev/null 2>&1 && break; sleep 0.5; done
  fi
  docker compose version >/dev/null 2>&1 || { plugin docker-compose; plugin docker-buildx; }
}

# Debian 12 has no Compose 2: its package of sid is unpacked, not installed.
plugin() {
  say "taking $1 from Debian sid"
  local apt="$work/apt"
  mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial" ~/.docker/cli-plugins
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror sid main" >"$apt/sid.list"
  local options=(-o "Dir::Etc::sourcelist=$apt/sid.list" -o Dir::Etc::sourceparts=/dev/null -o "Dir::State::lists=$apt/lists"
    -o "Dir::Cache=$apt/cache" -o Acquire::Check-Valid-Until=false -o APT::Sandbox::User=root)
  [ -s "$apt/updated" ] || { apt-get -qq "${options[@]}" update && date >"$apt/updated"; }
  (cd "$apt" && apt-get -qq "${options[@]}" download "$1" && dpkg -x "$1"_*.deb unpacked)
  cp "$apt/unpacked/usr/libexec/docker/cli-plugins/$1" ~/.docker/cli-plugins/
}

# root NAME PACKAGES [mmdebstrap options …]: a Debian sid root as NAME.tar
root() {
  local name=$1 packages=$2
  shift 2
  [ -s "$work/$name.tar" ] && return
  say "making a Debian root for $name ($packages)"
  mmdebstrap --quiet --variant=apt --aptopt='Acquire::Check-Valid-Until "false"' --aptopt='APT::Install-Recommends "false"' \
    --include="$packages" "$@" sid "$work/$name.part.tar" "deb $mirror sid main"
  mv "$work/$name.part.tar" "$work/$name.tar"
}

images() {
  engine
  root rabbitmq rabbitmq-server --customize-hook='echo "[rabbitmq_management]." > "$1/etc/rabbitmq/enabled_plugins"'
  docker import --change 'CMD ["/usr/lib/rabbitmq/bin/rabbitmq-server"]' --change 'USER rabbitmq' \
    --change 'ENV HOME=/var/lib/rabbitmq LANG=C.UTF-8 PATH=/usr/lib/rabbitmq/bin:/usr/sbin:/usr/bin:/sbin:/bin' \
    "$work/rabbitmq.tar" rabbitmq:4-management

  # npm comes from this machine: Debian's own has 400 dependencies. Certificates too: a registry may be reached through a proxy.
  local npm
  npm=$(dirname "$(dirname "$(readlink -f "$(command -v npm)")")")
  root node nodejs,passwd,ca-certificates \
    --customize-hook='chroot "$1" /usr/sbin/groupadd -g 1000 node' \
    --customize-hook='chroot "$1" /usr/sbin/useradd -u 1000 -g node -m node' \
    --customize-hook="mkdir -p \"\$1/usr/lib/node_modules\" && cp -r '$npm' \"\$1/usr/lib/node_modules/npm\"" \
    --customize-hook='ln -s ../lib/node_modules/npm/bin/npm-cli.js "$1/usr/bin/npm"' \
    --customize-hook='cp /etc/ssl/certs/ca-certificates.crt "$1/etc/ssl/certs/ca-certificates.crt"'
  docker import --change 'CMD ["node"]' --change 'ENV NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt PATH=/usr/sbin:/usr/bin:/sbin:/bin' \
    "$work/node.tar" node:24-bookworm-slim

  local documentdb
  root mongo "postgresql-18-documentdb,nodejs" || { documentdb=$(apt-cache search --names-only '^postgresql-[0-9]+-documentdb$' | tail -n 1 | cut -d' ' -f1); root mongo "$documentdb,nodejs"; }
  npm run --silent build
  local front="$work/mongo-image"
  rm -rf "$front" && mkdir -p "$front/service"
  cp -r dist "$front/service/"
  echo '{ "type": "module" }' >"$front/service/package.json"
  cp tools/docker/mongo-stand-in.sh "$front/entrypoint.sh"
  npm install --silent --prefix "$front/service" --ignore-scripts pg bson >/dev/null
  docker import "$work/mongo.tar" documentdb-root
  docker build --quiet --tag mongo:8 --file tools/docker/mongo-stand-in.Dockerfile "$front"
  say 'the images rabbitmq:4-management, mongo:8 and node:24-bookworm-slim of this machine are stand-ins'
}

try() {
  engine
  [ -f .env ] || npm run --silent secrets
  say 'bringing everything up'
  "${compose[@]}" up -d --build --wait
  "${compose[@]}" ps
  say 'placing an order'
  curl -fsS -X POST "http://127.0.0.1:${STOREFRONT_PORT:-3100}/api/orders" -H 'content-type: application/json' \
    -d '{"items":[{"product_id":"prod_123","quantity":2,"price":100,"total":200}],"delivery_date":"2026-02-01","address_id":"addr_123"}'
  for _ in $(seq 100); do
    sleep 0.1
    if curl -fsS "http://127.0.0.1:${SIMULATOR_PORT:-3200}/messages" | grep -q 'EarlyBird order'; then
      say 'its message arrived'
      curl -fsS "http://127.0.0.1:${SIMULATOR_PORT:-3200}/messages"
      return
    fi
  done
  say 'no message arrived within 10 s' && "${compose[@]}" logs --tail 50 worker && exit 1
}

case ${1:-} in
  images) images ;;
  try) try ;;
  down) "${compose[@]}" down -v ;;
  *) sed -n '2,11p' "$0" && exit 2 ;;
esac
