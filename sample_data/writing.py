"""How people write days, hours and yes or no."""

from __future__ import annotations

from datetime import date


def chinese(day: date | None) -> str | None:
    """2024年6月9日"""
    return f"{day.year}年{day.month}月{day.day}日" if day else None


def dotted(day: date | None) -> str | None:
    """2024.6.9"""
    return f"{day.year}.{day.month}.{day.day}" if day else None


def slashed(day: date | None) -> str | None:
    """2024/6/9"""
    return f"{day.year}/{day.month}/{day.day}" if day else None


def iso(day: date | None) -> str | None:
    """2024-06-09"""
    return day.isoformat() if day else None


def digits(day: date | None) -> str | None:
    """20240609"""
    return f"{day:%Y%m%d}" if day else None


def hours_or_minutes(hours: float) -> str:
    """1.5h as a program writes it, or 90分钟 as people do below two hours."""
    return f"{hours * 60:.0f}分钟" if hours < 2 and hours % 1 else f"{hours:g}h"


def yes(truth: bool) -> str:
    """是 or 否"""
    return "是" if truth else "否"


def tick(truth: bool) -> str:
    """√ or ×"""
    return "√" if truth else "×"
