# One image for every role: `api`, `worker` and `scheduler` (see compose.yaml), or `start` for all in one process.
FROM node:22-bookworm-slim AS build
WORKDIR /assay
COPY . .
RUN node src/app/bootstrap.mjs console && npm prune --omit=dev --no-audit --no-fund

FROM node:22-bookworm-slim
WORKDIR /assay
ENV NODE_ENV=production ASSAY_HOST=0.0.0.0 ASSAY_DATA_DIR=/data
COPY --from=build /assay/package.json ./
COPY --from=build /assay/node_modules ./node_modules
COPY --from=build /assay/dist ./dist
COPY --from=build /assay/rules ./rules
COPY --from=build /assay/prisma/migrations ./prisma/migrations
COPY --from=build /assay/fixtures ./fixtures
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 8090
# Node is process 1 here and gets the signals itself; Docker's own init reaps what a crash may leave.
ENTRYPOINT ["node", "--enable-source-maps", "dist/app/main.js"]
CMD ["start"]
