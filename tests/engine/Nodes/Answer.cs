using Sluice.Engine.Metering;
using Sluice.Metering.Limits;

namespace Sluice.Engine.Nodes;

/// <summary>What a caller was told.</summary>
internal sealed record Answer(
    UsageVerdict Verdict, bool Duplicate, UsageState State, LimitReading? Refusal, long AmountUnits, long ExpiresAtMs)
{
    public bool Counted => Verdict == UsageVerdict.Allowed && !Duplicate;

    /// <summary>Reads an answer and lets go of the event.</summary>
    public static Answer Take(UsageEvent usage)
    {
        var answer = new Answer(
            usage.Verdict, usage.Duplicate, usage.State, usage.Refusal, usage.AmountUnits, usage.ExpiresAtMs);
        usage.Release();
        return answer;
    }
}
