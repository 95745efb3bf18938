"""The engine on Ray: the same parts and the same kernel, spread over a cluster whose nodes share the output folder."""

from __future__ import annotations

import logging

from licensecheck.bulk.inputs import Part
from licensecheck.bulk.local import Advance, Job, Worker
from licensecheck.errors import LicenseCheckError, UsageError

SHARE = 0.5
"""The share of a processor that a worker asks for: with whole ones a small machine has none left for Ray itself."""


def run_ray(job: Job, parts: list[tuple[Part, int | None]], *, advance: Advance) -> None:
    """Check the parts on the cluster of this process, or on one of this machine that is made for it."""
    try:
        import ray
        from ray.util.actor_pool import ActorPool
    except ImportError:
        raise UsageError("--engine ray needs Ray: install model-licensecheck[ray]") from None
    started = not ray.is_initialized()
    if started:
        ray.init(include_dashboard=False, log_to_driver=False, logging_level=logging.ERROR)
    try:
        resources: dict[str, float] = ray.cluster_resources()
        cores = int(resources.get("CPU", 1))
        remote = ray.remote(num_cpus=SHARE)(Worker)
        pool = ActorPool([remote.remote(job) for _ in range(max(1, min(cores, len(parts))))])
        for rows in pool.map_unordered(_run, parts):
            advance(rows)
    except ray.exceptions.RayTaskError as fault:
        cause = fault.cause
        raise (
            cause if isinstance(cause, LicenseCheckError) else LicenseCheckError(f"a worker failed: {cause}")
        ) from None
    finally:
        if started:
            ray.shutdown()


def _run(actor: object, given: tuple[Part, int | None]) -> object:
    part, limit = given
    return actor.run.remote(part, limit)  # type: ignore[attr-defined]  # a method of the remote worker
