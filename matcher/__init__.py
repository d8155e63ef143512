# SPDX-License-Identifier: EUPL-1.2
"""The matcher: a pure function from a problem to a plan."""
