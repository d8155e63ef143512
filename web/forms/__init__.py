# SPDX-License-Identifier: EUPL-1.2
"""Forms: their fields, and what people put into them, read."""
