# SPDX-License-Identifier: EUPL-1.2
"""The genbro command: one file per command."""
