using System.Globalization;

namespace Sluice.LoadTest.Checks;

/// <summary>A time span of whole UTC days, half open.</summary>
internal readonly record struct UsageSpan(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>Returns the span of all days touched between two instants.</summary>
    public static UsageSpan Covering(DateTimeOffset first, DateTimeOffset last) => new(
        new DateTimeOffset(first.UtcDateTime.Date, TimeSpan.Zero),
        new DateTimeOffset(last.UtcDateTime.Date, TimeSpan.Zero).AddDays(1));

    /// <summary>Formats the span as the query of a usage call.</summary>
    public override string ToString() => $"from={Format(From)}&to={Format(To)}";

    private static string Format(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
