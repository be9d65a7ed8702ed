namespace Sluice.WebConsole.Texts;

/// <summary>How metrics are called by people. An operator's own metrics are called as they are named.</summary>
public static class MetricNames
{
    /// <summary>Returns the name of a metric, such as <c>Tokens</c>.</summary>
    public static string NameOf(string metric, Language language) => metric switch
    {
        "amount" => language["Amount"],
        "credits" => language["Credits"],
        "requests" => language["Requests"],
        "text_tokens" => language["Tokens"],
        "audio_transcribed_seconds" => language["Transcribed audio"],
        "audio_analyzed_seconds" => language["Analyzed audio"],
        _ => metric,
    };

    /// <summary>Returns the unit of a metric's figures, such as <c>JPY</c>.</summary>
    public static string UnitOf(string metric, string? currency, Language language) => metric switch
    {
        "amount" => currency ?? language["of the tenant's currency"],
        "credits" => language["credits"],
        "requests" => language["requests"],
        "text_tokens" => language["tokens"],
        "audio_transcribed_seconds" or "audio_analyzed_seconds" => language["seconds"],
        _ => metric,
    };
}
