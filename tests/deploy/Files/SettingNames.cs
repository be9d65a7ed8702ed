using System.Text.RegularExpressions;

namespace Sluice.Deploy.Tests.Files;

/// <summary>Names of settings: those that the program reads, and those that a text speaks of.</summary>
internal static partial class SettingNames
{
    /// <summary>What the start script and the tests read themselves.</summary>
    public static readonly string[] OfScripts =
    [
        "SLUICE_SKIP_BUILD", "SLUICE_SOAK", "SLUICE_SIM_SEEDS", "SLUICE_SIM_FROM", "SLUICE_TEST_LIMIT_S",
        "SLUICE_RUN_LIMIT_S",
    ];

    /// <summary>What the program reads, as its source says.</summary>
    public static IReadOnlySet<string> Known { get; } = Repository.SourceFiles
        .Where(static f => f.StartsWith("api/Settings/", StringComparison.Ordinal)
            || f.StartsWith("silo/", StringComparison.Ordinal))
        .SelectMany(f => Quoted().Matches(Repository.Read(f)).Select(static m => m.Groups["name"].Value)).ToHashSet();

    /// <summary>Everything that looks like one.</summary>
    public static IEnumerable<string> In(string text) => Name().Matches(text).Select(static m => m.Value).Distinct();

    /// <summary>First cells of a document's tables.</summary>
    public static IReadOnlySet<string> InTables(string file) =>
        Row().Matches(Repository.Read(file)).Select(static m => m.Groups["name"].Value).ToHashSet();

    [GeneratedRegex("\"(?<name>SLUICE_[A-Z_]+)\"", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Quoted();

    [GeneratedRegex("SLUICE_[A-Z_]*[A-Z]", RegexOptions.None, 1_000)]
    private static partial Regex Name();

    [GeneratedRegex(@"^\| `(?<name>SLUICE_[A-Z_]+)` \|", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1_000)]
    private static partial Regex Row();
}
