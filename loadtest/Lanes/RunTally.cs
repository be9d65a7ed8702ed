using Sluice.LoadTest.Events;

namespace Sluice.LoadTest.Lanes;

/// <summary>
/// Counts of results. One per lane, so that lanes share nothing; a progress display may read it while its lane writes,
/// and sees a value that is current or slightly out of date.
/// </summary>
internal sealed class RunTally
{
    public long Counted { get; private set; }

    public long CountedTokens { get; private set; }

    public long Duplicates { get; private set; }

    public long DuplicateTokens { get; private set; }

    public long Refused { get; private set; }

    public long Unanswered { get; private set; }

    public long Failed { get; private set; }

    public long Retried { get; set; }

    /// <summary>The first answer that the contract does not allow, in the server's words.</summary>
    public string? FirstFailure { get; private set; }

    public long Events => Counted + Duplicates + Refused + Unanswered + Failed;

    public void Record(in LoadEvent item, in EventAnswer answer)
    {
        switch (answer.Outcome)
        {
            case EventOutcome.Counted:
                Counted++;
                CountedTokens += item.TotalTokens;
                break;
            case EventOutcome.Duplicate:
                Duplicates++;
                DuplicateTokens += item.TotalTokens;
                break;
            case EventOutcome.Refused:
                Refused++;
                break;
            case EventOutcome.Unanswered:
                Unanswered++;
                break;
            case EventOutcome.Failed:
                Failed++;
                FirstFailure ??= answer.Failure;
                break;
            default:
                throw new InvalidOperationException($"The outcome {answer.Outcome} has no count.");
        }
    }

    public void Add(RunTally other)
    {
        Counted += other.Counted;
        CountedTokens += other.CountedTokens;
        Duplicates += other.Duplicates;
        DuplicateTokens += other.DuplicateTokens;
        Refused += other.Refused;
        Unanswered += other.Unanswered;
        Failed += other.Failed;
        Retried += other.Retried;
        FirstFailure ??= other.FirstFailure;
    }
}
