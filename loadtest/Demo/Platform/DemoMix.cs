namespace Sluice.LoadTest.Demo.Platform;

/// <summary>The kinds of usage of a project: models, each with what it counts and its share of the cost.</summary>
internal sealed record DemoMix(IReadOnlyList<(string Model, string Metric, double Share)> Parts)
{
    public static DemoMix Text { get; } = new(
        [
            ("plamo-2.1-prime", "text_tokens", 0.7),
            ("plamo-2.1-lite", "text_tokens", 0.3),
        ]);

    public static DemoMix Speech { get; } = new(
        [
            ("shisa-asr-large", "audio_transcribed_seconds", 0.55),
            ("shisa-asr-fast", "audio_transcribed_seconds", 0.25),
            ("shisa-analysis", "audio_analyzed_seconds", 0.2),
        ]);

    /// <summary>Gets the part at a point of [0, 1) along the shares.</summary>
    public (string Model, string Metric) PartAt(double unit)
    {
        foreach (var (model, metric, share) in Parts)
        {
            if (unit < share)
                return (model, metric);
            unit -= share;
        }

        return (Parts[^1].Model, Parts[^1].Metric);
    }
}
