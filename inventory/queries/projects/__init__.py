# SPDX-License-Identifier: EUPL-1.2
"""Projects and requirements, and how they changed."""
