# SPDX-License-Identifier: EUPL-1.2
"""The columns of each kind of file, Danish and English."""
