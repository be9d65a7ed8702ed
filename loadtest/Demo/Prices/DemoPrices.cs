namespace Sluice.LoadTest.Demo.Prices;

/// <summary>The prices of the demo's models, in the tenants' currency.</summary>
internal static class DemoPrices
{
    /// <summary>
    /// The currency that ISO 4217 reserves for tests: no operator's price book is in it, so the demo's always holds.
    /// </summary>
    public const string Currency = "XTS";

    private const int TokensPerPrice = 1_000_000;
    private const int SecondsPerPrice = 3_600;

    /// <summary>Models of text with their price per million tokens and their share of traffic.</summary>
    private static readonly (string Model, decimal Price, double Share)[] Models =
    [
        ("plamo-2.1-prime", 0.60m, 0.7),
        ("plamo-2.1-lite", 0.15m, 0.3),
    ];

    /// <summary>Models of speech with their metric and their price per hour of audio.</summary>
    private static readonly (string Model, string Metric, decimal Price)[] SpeechModels =
    [
        ("shisa-asr-large", "audio_transcribed_seconds", 0.36m),
        ("shisa-asr-fast", "audio_transcribed_seconds", 0.12m),
        ("shisa-analysis", "audio_analyzed_seconds", 0.60m),
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
        .. SpeechModels.Select(model => new
        {
            model = model.Model,
            metric = model.Metric,
            per = SecondsPerPrice,
            amount = model.Price,
            credits = model.Price,
        }),
    ];

    /// <summary>Gets how many units of its metric one unit of the currency, or one credit, pays for.</summary>
    public static decimal UnitsPerCurrency(string model)
    {
        var text = Array.Find(Models, entry => entry.Model == model);
        return text.Model is not null
            ? TokensPerPrice / text.Price
            : SecondsPerPrice / Array.Find(SpeechModels, entry => entry.Model == model).Price;
    }

    /// <summary>Gets the model at a point of [0, 1) along the shares.</summary>
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

    /// <summary>Gets the price of tokens of a model by <see cref="Book"/>, not rounded.</summary>
    public static decimal AmountOf(string model, long tokens) =>
        Array.Find(Models, entry => entry.Model == model).Price * tokens / TokensPerPrice;
}
