# SPDX-License-Identifier: EUPL-1.2
"""Charts drawn by the server as SVG: no JavaScript, and every one of them stands beside its table."""
