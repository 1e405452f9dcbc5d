"""Student's t distribution, without a library of statistics. Pure.

The distribution function is the regularised incomplete beta function, by its continued fraction (Abramowitz and Stegun
1964, 26.5.8, evaluated by Lentz's method); the quantile inverts it by bisection.
"""

from __future__ import annotations

import math

_TINY = 1e-300
_STEPS = 500
_CLOSE = 1e-15


def _beta(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function I_x(a, b)."""
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    if x > (a + 1) / (a + b + 2):
        return 1.0 - _beta(1 - x, b, a)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x))
    c, d = 1.0, 1.0 / max(1.0 - (a + b) * x / (a + 1), _TINY)
    value = d
    for m in range(1, _STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d, c = 1.0 / _away(1.0 + term * d), _away(1.0 + term / c)
            value *= c * d
        if abs(c * d - 1.0) < _CLOSE:
            break
    return front * value / a


def _away(value: float) -> float:
    return value if abs(value) > _TINY else _TINY


def below(t: float, df: float) -> float:
    """The probability of a value below `t` with `df` degrees of freedom, which need not be whole."""
    square = t * t
    if square < df:  # near the middle the tail is one half, less what would be lost of a small number beside it
        inner = 0.5 * _beta(square / (df + square), 0.5, df / 2)
        return 0.5 + (inner if t > 0 else -inner)
    tail = 0.5 * _beta(df / (df + square), df / 2, 0.5)
    return tail if t < 0 else 1.0 - tail


def quantile(p: float, df: float) -> float:
    """The value below which the share `p` lies, 0 < p < 1."""
    if p < 0.5:
        return -quantile(1 - p, df)
    low, high = 0.0, 1.0
    while below(high, df) < p and high < 1e12:
        low, high = high, high * 2
    while high - low > 1e-12 * max(1.0, high):
        middle = (low + high) / 2
        low, high = (middle, high) if below(middle, df) < p else (low, middle)
    return (low + high) / 2
