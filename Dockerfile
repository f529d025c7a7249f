# docker build -t shakelab . && docker run --rm -v "$PWD/runs:/runs" --user "$(id -u)" shakelab train --dataset digits
# A container of a release; no compiler, no checkout. Pictures need a font, and the settings that find it.
FROM node:24-slim
RUN apt-get update && apt-get install -y --no-install-recommends fontconfig-config fonts-dejavu-core \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/shakelab
RUN npm install shakelab
ENV SHAKELAB_DATA=/data XDG_CACHE_HOME=/tmp
WORKDIR /runs
ENTRYPOINT ["node", "/opt/shakelab/node_modules/shakelab/dist/cli/main.js"]
