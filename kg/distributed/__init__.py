"""The main job on a Ray cluster: the same functions as `kg.building`, over shards of the input.

Readings, records, tables and exports are files in one output folder or object storage, each written whole or not at
all under a name that follows from what it holds. So a task that is run twice writes the same file twice, and a job that
was killed finds what it had done. Ray schedules, replaces workers and shuffles; nothing here does.
"""

from kg.distributed.job import build

__all__ = ["build"]
