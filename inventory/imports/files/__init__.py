# SPDX-License-Identifier: EUPL-1.2
"""A file to sheets of cells: one format per file."""
