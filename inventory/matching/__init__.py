# SPDX-License-Identifier: EUPL-1.2
"""The run: rows to a problem, a plan to rows."""
