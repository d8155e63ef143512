# SPDX-License-Identifier: EUPL-1.2
"""Files people add: checked from their bytes, kept under the hash of their content."""
