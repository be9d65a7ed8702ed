using System.Text.Json;

namespace Sluice.Api.DataPlane;

/// <summary>Says in a sentence why a text is no JSON that is taken here.</summary>
internal static class BrokenJson
{
    /// <summary>
    /// What reading throws: <see cref="JsonException"/> for the grammar, <see cref="InvalidOperationException"/> for
    /// text that is no text, which the reader finds only when it is looked at.
    /// </summary>
    public static bool Is(Exception e) => e is JsonException or InvalidOperationException;

    /// <param name="e">What reading threw.</param>
    /// <param name="within">Where lines are counted from, such as <c>item 3, </c>; empty for the whole body.</param>
    public static string Describe(Exception e, string within = "")
    {
        if (e is not JsonException json)
            return "This is not valid UTF-8, or has half of a surrogate pair.";
        if (json.Message.Contains("maximum configured depth", StringComparison.Ordinal))
            return $"Nothing may be nested more than {DataPlaneBounds.DepthMax} deep.";
        if (json.Message.Contains("uplicate", StringComparison.Ordinal))
            return $"A field is given twice: {QuotedIn(json.Message)}.";
        return $"This is not valid JSON: {within}line {json.LineNumber + 1}, byte {json.BytePositionInLine + 1}.";
    }

    private static string QuotedIn(string message)
    {
        var from = message.IndexOf('\'', StringComparison.Ordinal) + 1;
        var to = message.LastIndexOf('\'');
        return to > from ? message[from..to] : "which one is not known";
    }
}
