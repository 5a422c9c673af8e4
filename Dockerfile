# npm pack && docker build --build-arg TARBALL="$(ls cdktf-salesforce-client-apps-*.tgz)" -t client-apps .
# docker run --rm -v "$PWD:/work" -e SF_ACCESS_TOKEN -e SF_INSTANCE_URL client-apps drift --no-synth
FROM node:22-slim AS install
ARG TARBALL=cdktf-salesforce-client-apps-0.1.0.tgz
COPY ${TARBALL} /tmp/client-apps.tgz
RUN npm install --prefix /opt/client-apps --ignore-scripts --omit=dev --omit=peer --no-audit --no-fund /tmp/client-apps.tgz

FROM node:22-slim
COPY --from=install /opt/client-apps /opt/client-apps
ENV PATH=/opt/client-apps/node_modules/.bin:$PATH
WORKDIR /work
RUN chown node:node /work
USER node
ENTRYPOINT ["client-apps"]
CMD ["--help"]
