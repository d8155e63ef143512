# SPDX-License-Identifier: EUPL-1.2
"""The independent check: every rule, pair, cost and bound made again, without a solver."""
