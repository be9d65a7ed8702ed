namespace Sluice.LoadTest.Runs;

/// <summary>Where a run stands.</summary>
/// <param name="Fraction">How much is done, 0 to 1.</param>
/// <param name="Events">Events answered so far.</param>
/// <param name="Refused">Of these, refused by a limit.</param>
/// <param name="Retried">Requests sent again.</param>
/// <param name="Elapsed">Time since the first request.</param>
internal readonly record struct RunProgress(
    double Fraction, long Events, long Refused, long Retried, TimeSpan Elapsed)
{
    public double EventsPerSecond => Elapsed > TimeSpan.Zero ? Events / Elapsed.TotalSeconds : 0;
}
