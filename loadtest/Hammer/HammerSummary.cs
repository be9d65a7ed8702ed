using System.Text.Json;
using Sluice.LoadTest.Latency;
using Sluice.LoadTest.Runs;

namespace Sluice.LoadTest.Hammer;

/// <summary>The result of a load, for programs to read.</summary>
internal sealed record HammerSummary(
    string RunId,
    long Events,
    long Counted,
    long CountedTokens,
    long Duplicates,
    long Refused,
    long Retried,
    long Unanswered,
    long Failed,
    double Seconds,
    double EventsPerSecond,
    LatencySummary Latency,
    long? LimitTokens,
    bool Interrupted,
    string? Complaint)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);

    public static HammerSummary Of(HammerOptions options, RunResult result, string? complaint) => new(
        options.RunId,
        result.Tally.Events,
        result.Tally.Counted,
        result.Tally.CountedTokens,
        result.Tally.Duplicates,
        result.Tally.Refused,
        result.Tally.Retried,
        result.Tally.Unanswered,
        result.Tally.Failed,
        Math.Round(result.Elapsed.TotalSeconds, 3),
        Math.Round(result.EventsPerSecond, 1),
        result.Latency,
        options.LimitTokens,
        result.Interrupted,
        complaint);

    public string ToJson() => JsonSerializer.Serialize(this, Format);
}
