# SPDX-License-Identifier: EUPL-1.2
"""What goes wrong between a solve and a cluster."""

from __future__ import annotations

from matcher.errors import MatcherError


class ClusterError(MatcherError):
    """The cluster cannot be used."""


class OtherVersionError(ClusterError):
    """A worker of the cluster runs another version."""
