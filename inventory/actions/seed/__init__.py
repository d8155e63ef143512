# SPDX-License-Identifier: EUPL-1.2
"""The reference tables, from the files that come with the package."""
