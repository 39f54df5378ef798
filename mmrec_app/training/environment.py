"""What the process of a training is started with; what its starter's environment says otherwise stands."""

ENVIRONMENT = {
    # Threads that wait asleep: where others use the cores too, waiting awake makes a step 20 times slower.
    "OMP_WAIT_POLICY": "passive",
    # What a step frees, the next one asks for: glibc keeps up to 2 GiB a block, rather than have each page made anew.
    "MALLOC_MMAP_THRESHOLD_": str(2**31),
    "MALLOC_TRIM_THRESHOLD_": str(2**32),
}
