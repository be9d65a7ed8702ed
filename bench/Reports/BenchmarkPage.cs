namespace Sluice.Bench.Reports;

/// <summary>
/// The page that shows the numbers: text by hand, with places between markers that each run replaces. Part of a run
/// replaces its own part only.
/// </summary>
internal static class BenchmarkPage
{
    /// <summary>Replaces what is between the markers of a part.</summary>
    /// <exception cref="InvalidDataException">The page has no such markers.</exception>
    public static string Replace(string page, string part, string content)
    {
        var begin = $"<!-- bench:{part}:begin -->";
        var end = $"<!-- bench:{part}:end -->";
        var from = page.IndexOf(begin, StringComparison.Ordinal);
        var to = page.IndexOf(end, StringComparison.Ordinal);
        if (from < 0 || to < from)
            throw new InvalidDataException($"The page lacks the markers {begin} and {end}.");
        return $"{page[..(from + begin.Length)]}\n{content.TrimEnd()}\n{page[to..]}";
    }
}
