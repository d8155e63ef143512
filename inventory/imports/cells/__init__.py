# SPDX-License-Identifier: EUPL-1.2
"""One cell of a file: what it says, or what is wrong with it."""
