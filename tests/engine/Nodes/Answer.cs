using Sluice.Engine.Events;
using Sluice.Metering.Limits;

namespace Sluice.Engine.Nodes;

/// <summary>The answer to a caller.</summary>
internal sealed record Answer(
    UsageVerdict Verdict, bool Duplicate, UsageState State, LimitReading? Refusal, long AmountUnits, long ExpiresAtMs)
{
    public bool Counted => Verdict == UsageVerdict.Allowed && !Duplicate;

    /// <summary>Reads an answer and releases the event.</summary>
    public static Answer Take(UsageEvent usage)
    {
        var answer = new Answer(
            usage.Verdict, usage.Duplicate, usage.State, usage.Refusal, usage.AmountUnits, usage.ExpiresAtMs);
        usage.Release();
        return answer;
    }
}
