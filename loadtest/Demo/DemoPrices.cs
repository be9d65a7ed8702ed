namespace Sluice.LoadTest.Demo;

/// <summary>What the demo's models cost, in the tenant's currency for each million tokens.</summary>
internal static class DemoPrices
{
    private const int TokensPerPrice = 1_000_000;

    /// <summary>Models with their price and the share of traffic that they get.</summary>
    private static readonly (string Model, decimal Price, double Share)[] Models =
    [
        ("plamo-2.1-prime", 0.60m, 0.7),
        ("plamo-2.1-lite", 0.15m, 0.3),
    ];

    /// <summary>The rows of the price book.</summary>
    public static object[] Book =>
    [
        .. Models.Select(model => new
        {
            model = model.Model,
            metric = "text_tokens",
            per = TokensPerPrice,
            amount = model.Price,
            credits = model.Price,
        }),
    ];

    /// <summary>The model at a point of [0, 1) along the shares.</summary>
    public static string ModelAt(double unit)
    {
        foreach (var (model, _, share) in Models)
        {
            if (unit < share)
                return model;
            unit -= share;
        }

        return Models[^1].Model;
    }

    /// <summary>What tokens of a model cost by <see cref="Book"/>, not rounded.</summary>
    public static decimal AmountOf(string model, long tokens) =>
        Array.Find(Models, entry => entry.Model == model).Price * tokens / TokensPerPrice;
}
