# A relay in a container: the Debian package on Debian. How it is run: docs/operating.md.
# hadolint global ignore=DL3008
# (No versions are pinned: those of a stable Debian change for its security updates only.)

FROM debian:bookworm-slim AS build
RUN apt-get update \
  && apt-get install -y --no-install-recommends \
    asciidoctor debhelper default-jdk-headless dpkg-dev maven \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN scripts/package

FROM debian:bookworm-slim
RUN --mount=type=bind,from=build,source=/source/target,target=/packages \
  apt-get update \
  && apt-get install -y --no-install-recommends /packages/peer-relay_*_all.deb \
  && rm -rf /var/lib/apt/lists/*
ENV RELAY_IDENTITY=/var/lib/peer-relay/identity.pem \
  RELAY_CONFIG=/etc/peer-relay/relay.properties
USER peer-relay
VOLUME /var/lib/peer-relay
EXPOSE 8000
ENTRYPOINT ["relay"]
CMD ["serve"]
