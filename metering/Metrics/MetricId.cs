namespace Sluice.Metering.Metrics;

/// <summary>
/// A metric's number: small, dense, stored, and the index of its counters at the edge.
/// Built-in metrics have fixed numbers; the operator's own start at <see cref="FirstCustom"/>.
/// </summary>
/// <param name="Value">0 to 255.</param>
public readonly record struct MetricId(short Value)
{
    /// <summary>Maximum metrics in a catalogue: counters are kept in arrays of about this size.</summary>
    public const int Max = 256;

    public static readonly MetricId Amount = new(0);
    public static readonly MetricId Credits = new(1);
    public static readonly MetricId Requests = new(2);
    public static readonly MetricId TextTokens = new(3);
    public static readonly MetricId AudioTranscribedSeconds = new(4);
    public static readonly MetricId AudioAnalyzedSeconds = new(5);
    public static readonly MetricId FirstCustom = new(16);
}
