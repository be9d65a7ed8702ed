using System.Collections.Frozen;

namespace Sluice.Api.Mail.Texts;

/// <summary>
/// Names of the built-in metrics for people; the operator's own metrics keep the names that the operator gave them.
/// </summary>
internal static class MetricWords
{
    private static readonly FrozenDictionary<string, (string English, string French)> Words =
        new Dictionary<string, (string, string)>
        {
            ["amount"] = ("amount spent", "montant dépensé"),
            ["credits"] = ("credits", "crédits"),
            ["requests"] = ("requests", "requêtes"),
            ["text_tokens"] = ("text tokens", "jetons de texte"),
            ["audio_transcribed_seconds"] = ("seconds of audio transcribed", "secondes d'audio transcrites"),
            ["audio_analyzed_seconds"] = ("seconds of audio analyzed", "secondes d'audio analysées"),
        }.ToFrozenDictionary();

    public static string Of(string metric, MailLanguage language) =>
        Words.TryGetValue(metric, out var words) ? language.Say(words.English, words.French) : metric;

    /// <summary>Returns the unit that follows a number of a metric.</summary>
    public static string UnitOf(string metric, string currency, MailLanguage language) =>
        metric == "amount" ? currency : Of(metric, language);
}
