# SPDX-License-Identifier: EUPL-1.2
"""Measurements of Genbro against its peers, on the same data, in the same run."""
