# SPDX-License-Identifier: EUPL-1.2
"""Files in: one format per file."""
