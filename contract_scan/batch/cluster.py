"""A dask cluster as a hall: the same tasks over ``dask.distributed``'s executor."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from contract_scan.batch.runner import Hall
from contract_scan.batch.task import dismiss
from contract_scan.errors import ContractScanError, MissingExtra

CONNECT_SECONDS = 20


@contextmanager
def cluster(address: str) -> Iterator[Hall]:
    """The workers behind a scheduler (``tcp://host:8786``); contracts travel there as bytes, no shared disk is needed.

    Raises MissingExtra, or ContractScanError when there is no scheduler or no worker.
    """
    try:
        from distributed import Client
    except ImportError:
        raise MissingExtra("在集群上运行", "cluster") from None
    try:
        client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise ContractScanError(f"连不上 {address}：请检查地址，并确认 dask scheduler 正在运行。") from error
    with client, warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Sending large graph", category=UserWarning)
        places = sum(client.nthreads().values())  # type: ignore[no-untyped-call]
        if not places:
            raise ContractScanError(f"{address} 没有可用的工作进程：请在各台机器运行 dask worker {address}。")
        with client.get_executor(pure=False) as executor:  # type: ignore[no-untyped-call]
            yield Hall(executor, places, lambda settings: client.run(dismiss, settings) and None)
