using System.Text.Json;
using System.Text.RegularExpressions;

namespace Sluice.Api.Problems;

/// <summary>
/// Explains what is wrong with a body in the contract's terms: which field, and what about it. The serializer's own
/// messages name types of this program, so none of them is passed on.
/// </summary>
internal static partial class UnreadableBody
{
    public static IResult Explain(JsonException failure)
    {
        var field = FieldOf(failure);
        if (field is null)
        {
            return Problem.Unreadable(
                null,
                $"The body is not valid JSON (line {failure.LineNumber + 1}, byte {failure.BytePositionInLine}).");
        }

        return Problem.Unreadable(field, ReasonOf(failure));
    }

    private static string? FieldOf(JsonException failure)
    {
        // Malformed JSON is reported by an internal type of the reader; then the position says more than the path.
        if (failure.GetType() != typeof(JsonException) || failure.InnerException is JsonException)
            return null;
        var path = failure.Path is { Length: > 2 } ? failure.Path[2..] : "";
        if (IsAboutAName(failure))
        {
            var name = QuotedName().Match(failure.Message).Groups["name"].Value;
            if (!path.EndsWith(name, StringComparison.Ordinal))
                path = path.Length == 0 ? name : $"{path}.{name}";
        }

        return path.Length == 0 ? "body" : path;
    }

    private static string ReasonOf(JsonException failure)
    {
        if (failure.Message.Contains("could not be mapped", StringComparison.Ordinal))
            return "There is no such field.";
        if (failure.Message.Contains("uplicate", StringComparison.Ordinal))
            return "Is given twice.";
        return failure.Message.Contains("could not be converted", StringComparison.Ordinal)
            ? "Has the wrong type."
            : $"{char.ToUpperInvariant(failure.Message[0])}{failure.Message.Split(" Path:")[0][1..].TrimEnd('.')}.";
    }

    private static bool IsAboutAName(JsonException failure) =>
        failure.Message.Contains("could not be mapped", StringComparison.Ordinal)
        || failure.Message.Contains("uplicate", StringComparison.Ordinal);

    [GeneratedRegex("'(?<name>[^']*)'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex QuotedName();
}
