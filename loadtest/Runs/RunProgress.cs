namespace Sluice.LoadTest.Runs;

/// <summary>The progress of a run.</summary>
/// <param name="Fraction">The completed fraction, 0 to 1.</param>
/// <param name="Events">Events answered so far.</param>
/// <param name="Refused">Of these, refused by a limit.</param>
/// <param name="Retried">Retried requests.</param>
/// <param name="Elapsed">Time since the first request.</param>
internal readonly record struct RunProgress(
    double Fraction, long Events, long Refused, long Retried, TimeSpan Elapsed)
{
    public double EventsPerSecond => Elapsed > TimeSpan.Zero ? Events / Elapsed.TotalSeconds : 0;
}
