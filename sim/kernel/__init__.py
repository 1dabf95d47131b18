"""The compiled rules: numpy and numba only; numbers in, numbers out; nothing checked, nothing raised."""
