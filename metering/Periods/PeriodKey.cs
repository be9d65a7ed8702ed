namespace Sluice.Metering.Periods;

/// <summary>
/// Which period a counter belongs to, as part of the counter's key: <c>202611</c> for a month, <c>20261121</c>
/// for a day, <c>0</c> for the total. A new period is a new key, so it starts at zero whether or not any job runs.
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

    /// <summary><c>2026-11</c>, <c>2026-11-21</c> or <c>total</c>.</summary>
    public override string ToString() => Kind switch
    {
        PeriodKind.Month => $"{Value / 100:D4}-{Value % 100:D2}",
        PeriodKind.Day => $"{Value / 10_000:D4}-{Value / 100 % 100:D2}-{Value % 100:D2}",
        _ => "total",
    };
}
