namespace Sluice.LoadTest.Traffic;

/// <summary>
/// Token counts as in LLM traffic: log-normal, cut off at the ends. The sigma follows from a service's median and mean:
/// mean = median × e^(σ²/2).
/// </summary>
/// <param name="Median">The median count.</param>
/// <param name="Sigma">Standard deviation of the logarithm.</param>
/// <param name="Max">Maximum count, to which longer ones are cut: the model's window.</param>
internal sealed record LogNormalTokens(double Median, double Sigma, long Max)
{
    /// <summary>Prompts: median 1,020 and mean 1,155 give σ = 0.50.</summary>
    public static LogNormalTokens Prompts { get; } = new(1020, 0.50, 16_384);

    /// <summary>Completions: median 129 and mean 211 give σ = 0.99.</summary>
    public static LogNormalTokens Completions { get; } = new(129, 0.99, 4_096);

    /// <summary>Gets the count at an index of a seed's sequence, 1 to <see cref="Max"/>.</summary>
    public long At(long seed, long index)
    {
        // Box-Muller; 1 - u keeps the logarithm away from zero.
        var radius = Math.Sqrt(-2 * Math.Log(1 - SeededBits.UnitAt(seed, 2 * index)));
        var normal = radius * Math.Cos(2 * Math.PI * SeededBits.UnitAt(seed, (2 * index) + 1));
        var tokens = Math.Round(Median * Math.Exp(Sigma * normal));
        return (long)Math.Clamp(tokens, 1, Max);
    }
}
