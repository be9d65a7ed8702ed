using System.Globalization;
using Sluice.Bench.Http;

namespace Sluice.Bench.Reports;

/// <summary>The targets set by the design, all of them ratios within one run or absolute limits of one node.</summary>
internal static class Bars
{
    /// <summary>
    /// Factor by which the rate of authority calls may vary between request rates and still count as unchanged.
    /// </summary>
    private const double UnchangedFactor = 1.5;

    public static IReadOnlyList<Bar> Of(HttpRows rows, NodeFacts? facts) =>
    [
        AgainstEcho("durable", 0.5, rows.Durable, rows.Echo),
        AgainstEcho("durable", 0.5, rows.DurableOfMany, rows.EchoOfMany),
        AgainstEcho("memory ack", 0.75, rows.Memory, rows.Echo),
        AgainstEcho("memory ack", 0.75, rows.MemoryOfMany, rows.EchoOfMany),
        AtLeast("durable against one transaction per request", 6, Ratio(rows.Durable, rows.Postgres), "0.0"),
        AtLeast("durable events/s in batches of 1,000", 150_000, rows.Batch.EventsPerSecond, "N0"),
        AtMost("ready after start, ms", 2_000, facts?.ReadyAfterMs, "N0"),
        AtMost("bytes per idle cached key", 1_024, facts?.BytesPerIdleKey, "N0"),
        Unchanged(facts?.AuthorityCalls ?? []),
    ];

    public static double? Ratio(RowResult above, RowResult below) => above.EventsPerSecond / below.EventsPerSecond;

    public static Bar AtLeast(string what, double bar, double? value, string format) =>
        new(what, "≥ " + Format(bar, format), Told(value, format), value is null ? null : value >= bar);

    /// <summary>
    /// Checks that the rate of authority calls is unchanged; the last request rate is a hundred times the first.
    /// </summary>
    public static Bar Unchanged(IReadOnlyList<(int RequestsPerSecond, double CallsPerSecond)> authorityCalls)
    {
        const string What = "authority calls at 100 times the requests";
        if (authorityCalls is not [var (_, first), .., var (_, last)])
            return new Bar(What, "unchanged", "not measured", null);
        var measured = string.Create(CultureInfo.InvariantCulture, $"{first:0.0}/s → {last:0.0}/s");
        return new Bar(What, "unchanged", measured, last <= Math.Max(first, 1) * UnchangedFactor);
    }

    private static Bar AgainstEcho(string what, double bar, RowResult row, RowResult echo) => AtLeast(
        string.Create(
            CultureInfo.InvariantCulture, $"{what} against the empty endpoint, {row.Connections} connections"),
        bar,
        Ratio(row, echo),
        "0.00");

    private static Bar AtMost(string what, double bar, double? value, string format) =>
        new(what, "≤ " + Format(bar, format), Told(value, format), value is null ? null : value <= bar);

    private static string Told(double? value, string format) =>
        value is { } number ? Format(number, format) : "not measured";

    private static string Format(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
