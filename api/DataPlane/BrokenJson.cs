using System.Text.Json;

namespace Sluice.Api.DataPlane;

/// <summary>Explains in a sentence why a text is not JSON that is accepted here.</summary>
internal static class BrokenJson
{
    /// <summary>
    /// Whether reading JSON threw this: <see cref="JsonException"/> for the grammar, <see
    /// cref="InvalidOperationException"/> for invalid UTF-8, which the reader notices only when the text is used.
    /// </summary>
    public static bool Is(Exception e) => e is JsonException or InvalidOperationException;

    /// <param name="e">The exception that reading threw.</param>
    /// <param name="within">Where line counting starts, such as <c>item 3, </c>; empty for the whole body.</param>
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
