# SPDX-License-Identifier: EUPL-1.2
"""What becomes of a plan when the surveys find more or less than was estimated."""
