# SPDX-License-Identifier: EUPL-1.2
"""The rows, group by group."""
