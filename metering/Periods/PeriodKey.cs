namespace Sluice.Metering.Periods;

/// <summary>
/// The period of a counter, as part of the counter's key: <c>202611</c> for a month, <c>20261121</c> for a day,
/// <c>0</c> for the total. A new period is a new key, so it starts at zero whether or not any job runs.
/// </summary>
public readonly record struct PeriodKey(int Value)
{
    public static readonly PeriodKey Total = new(0);

    public static PeriodKey Month(int year, int month) => new((year * 100) + month);

    public static PeriodKey Day(int year, int month, int day) => new((year * 10_000) + (month * 100) + day);

    public PeriodKind Kind => Value switch
    {
        0 => PeriodKind.Total,
        < 1_000_000 => PeriodKind.Month,
        _ => PeriodKind.Day,
    };

    /// <summary>Whether the key is the total, or a month or day of the calendar, in the years 1970 to 9998.</summary>
    public bool IsDate => Kind switch
    {
        PeriodKind.Month => IsDay(Value / 100, Value % 100, 1),
        PeriodKind.Day => IsDay(Value / 10_000, Value / 100 % 100, Value % 100),
        _ => true,
    };

    /// <summary>Returns the month that is some months before this one.</summary>
    /// <param name="count">The number of months, from 0.</param>
    public PeriodKey MonthsBefore(int count)
    {
        var months = (Value / 100 * 12) + (Value % 100) - 1 - count;
        return Month(months / 12, (months % 12) + 1);
    }

    /// <summary>Parses exactly the forms that <see cref="ToString"/> writes.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out PeriodKey key)
    {
        key = Total;
        if (text is "total")
            return true;
        if (text.Length is not (7 or 10) || text[4] != '-' || !TryReadDigits(text[..4], out var year)
            || !TryReadDigits(text[5..7], out var month))
        {
            return false;
        }

        var day = 1;
        if (text.Length == 10 && (text[7] != '-' || !TryReadDigits(text[8..], out day)))
            return false;
        if (!IsDay(year, month, day))
            return false;
        key = text.Length == 7 ? Month(year, month) : Day(year, month, day);
        return true;
    }

    /// <summary>Returns <c>2026-11</c>, <c>2026-11-21</c> or <c>total</c>.</summary>
    public override string ToString() => Kind switch
    {
        PeriodKind.Month => $"{Value / 100:D4}-{Value % 100:D2}",
        PeriodKind.Day => $"{Value / 10_000:D4}-{Value / 100 % 100:D2}-{Value % 100:D2}",
        _ => "total",
    };

    private static bool IsDay(int year, int month, int day) =>
        year is >= 1970 and <= 9998 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);

    private static bool TryReadDigits(ReadOnlySpan<char> text, out int value)
    {
        value = 0;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c))
                return false;
            value = (value * 10) + (c - '0');
        }

        return true;
    }
}
