# SPDX-License-Identifier: EUPL-1.2
"""Files out: one format per file."""
