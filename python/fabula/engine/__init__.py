"""The story model run by the kernel: the only importer of ``fabula._core``."""
