# Written from templates/Dockerfile by write_compose.py; change it there.
# Build from the top of the repository:
#   docker build -f deploy/compose/dockerfiles/analysis.Dockerfile -t est-analysis .

FROM python:3.13-slim AS build
WORKDIR /build
COPY constraints.txt ./
COPY contracts contracts
COPY chassis chassis
COPY services/analysis services/analysis
RUN python -m venv /opt/est \
 && /opt/est/bin/pip install --no-cache-dir --constraint constraints.txt \
      ./contracts ./chassis ./services/analysis

FROM python:3.13-slim
LABEL org.opencontainers.image.title="est-analysis" \
      org.opencontainers.image.licenses="EUPL-1.2"
RUN groupadd --system --gid 10001 est \
 && useradd --system --uid 10001 --gid est --no-create-home --shell /usr/sbin/nologin est
COPY --from=build /opt/est /opt/est
COPY --chmod=0555 deploy/compose/entrypoint.sh /usr/local/bin/est-entrypoint
# Nothing is written at run time: compose mounts the file system read-only.
ENV PATH=/opt/est/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    EST_HTTP_HOST=0.0.0.0 \
    EST_HTTP_PORT=8000
USER 10001:10001
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health/ready', timeout=2)"]
ENTRYPOINT ["est-entrypoint"]
CMD ["python", "-m", "est_analysis"]
