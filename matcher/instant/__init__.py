# SPDX-License-Identifier: EUPL-1.2
"""What could serve a project, at once: all lots in memory, at the prices of the last run."""
