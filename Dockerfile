# One image for every process of the service; the command says which one runs.
# BASE may be replaced by any image with Node >= 20.19 and a user `node`.
ARG BASE=node:24-bookworm-slim

FROM ${BASE} AS build
WORKDIR /service
COPY package.json package-lock.json .npmrc ./
# --ignore-scripts: nothing that runs in production needs an install script.
RUN npm ci --ignore-scripts
COPY nest-cli.json tsconfig.json tsconfig.build.json ./
COPY apps apps
COPY libs libs
COPY tools tools
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM ${BASE}
ENV NODE_ENV=production HOST=0.0.0.0
WORKDIR /service
COPY --from=build --chown=root:root /service/package.json ./
COPY --from=build --chown=root:root /service/node_modules node_modules
COPY --from=build --chown=root:root /service/dist dist
# The tree belongs to root and is only read: a process that is broken into cannot change what it runs.
USER node
CMD ["node", "--enable-source-maps", "dist/apps/worker/src/main.js"]
