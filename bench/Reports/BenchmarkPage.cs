namespace Sluice.Bench.Reports;

/// <summary>
/// The page with the figures: handwritten text, with sections between markers that each run replaces. A partial run
/// replaces its own sections only.
/// </summary>
internal static class BenchmarkPage
{
    /// <summary>A page without text, as a start.</summary>
    private static readonly string Empty = string.Join('\n', new[] { "core", "http", "cluster" }
        .Select(part => $"{BeginOf(part)}\n{EndOf(part)}\n"));

    /// <summary>Reads the page, or starts one if there is none.</summary>
    public static Task<string> ReadAsync(string path, CancellationToken cancellation) =>
        File.Exists(path) ? File.ReadAllTextAsync(path, cancellation) : Task.FromResult(Empty);

    /// <summary>Replaces the text between the markers of a part.</summary>
    /// <exception cref="InvalidDataException">The page has no such markers.</exception>
    public static string Replace(string page, string part, string content)
    {
        var (begin, end) = (BeginOf(part), EndOf(part));
        var from = page.IndexOf(begin, StringComparison.Ordinal);
        var to = page.IndexOf(end, StringComparison.Ordinal);
        if (from < 0 || to < from)
            throw new InvalidDataException($"The page lacks the markers {begin} and {end}.");
        return $"{page[..(from + begin.Length)]}\n{content.TrimEnd()}\n{page[to..]}";
    }

    private static string BeginOf(string part) => $"<!-- bench:{part}:begin -->";

    private static string EndOf(string part) => $"<!-- bench:{part}:end -->";
}
