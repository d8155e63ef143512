# SPDX-License-Identifier: EUPL-1.2
"""Solving on a cluster: families as tasks of Dask distributed, on machines of one's own."""
