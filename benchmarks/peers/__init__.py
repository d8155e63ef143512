# SPDX-License-Identifier: EUPL-1.2
"""The peers, each through its fastest interface of arrays, on one thread."""
