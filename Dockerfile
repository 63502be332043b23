# One image for each service:
#   docker build --build-arg SERVICE=jira|voting|router|simulator|migrate -t tally/jira .
# The Node version is the one that the tests run on: tests/operations/images.test.ts compares them.
ARG NODE_IMAGE=docker.io/library/node:24.21.0-bookworm-slim
ARG SERVICE=router
# For the router: the image of the release before, whose page browsers still have open (--build-arg PREVIOUS=registry.example.com/tally/router:0.1.0).
# Without one it is the base, which has no page; buildah knows no stage by a name in an argument.
ARG PREVIOUS=${NODE_IMAGE}

FROM ${PREVIOUS} AS previous
RUN mkdir -p /app/web/dist

FROM ${NODE_IMAGE} AS build
WORKDIR /source
COPY package.json package-lock.json .npmrc prisma.config.ts ./
COPY prisma/schema.prisma prisma/
COPY scripts/prepare-client.ts scripts/
RUN --mount=type=cache,target=/root/.npm npm ci
COPY . .
COPY --from=previous /app/web/dist /previous
ARG SERVICE
RUN if [ "$SERVICE" = router ]; then npm run build -- --previous /previous; fi \
  && node --no-warnings scripts/image.ts "$SERVICE" /out/app \
  && mkdir -m 0700 /out/data && chown 1000:1000 /out/data

FROM ${NODE_IMAGE} AS base
ENV NODE_ENV=production HOST=0.0.0.0
WORKDIR /app
# The program belongs to root and is never written; /data is the only place that a service may write to.
COPY --from=build /out/ /
USER 1000:1000
CMD ["node", "main.ts"]

FROM base AS service
ENV MANAGEMENT_PORT=9464
EXPOSE 9464
HEALTHCHECK --interval=5s --timeout=4s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.MANAGEMENT_PORT + '/health/ready').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]

FROM service AS jira
EXPOSE 4001 4003

FROM service AS voting
ENV DATA_DIRECTORY=/data
EXPOSE 4002

FROM service AS router
EXPOSE 4000

FROM base AS simulator
ENV SIMULATOR_PORT=4010
EXPOSE 4010
HEALTHCHECK --interval=5s --timeout=4s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.SIMULATOR_PORT + '/__simulator/requests').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["sh", "-c", "exec node main.ts --host 0.0.0.0 --port $SIMULATOR_PORT --state /data/simulator.json"]

# Runs once and ends: Kubernetes' Job and compose's one-shot service.
FROM base AS migrate
HEALTHCHECK NONE

FROM ${SERVICE}
