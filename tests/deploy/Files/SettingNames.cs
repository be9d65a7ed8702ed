using System.Text.RegularExpressions;

namespace Sluice.Deploy.Tests.Files;

/// <summary>Names of settings: those that the program reads, and those that a text mentions.</summary>
internal static partial class SettingNames
{
    /// <summary>The settings that the start script and the tests read themselves.</summary>
    public static readonly string[] OfScripts =
    [
        "SLUICE_SKIP_BUILD", "SLUICE_SOAK", "SLUICE_SIM_SEEDS", "SLUICE_SIM_FROM", "SLUICE_TEST_LIMIT_S",
        "SLUICE_RUN_LIMIT_S",
    ];

    /// <summary>The settings that the program reads, according to its source.</summary>
    public static IReadOnlySet<string> Known { get; } = Repository.SourceFiles
        .Where(static f => f.StartsWith("api/Settings/", StringComparison.Ordinal)
            || f.StartsWith("silo/", StringComparison.Ordinal))
        .SelectMany(f => Quoted().Matches(Repository.Read(f)).Select(static m => m.Groups["name"].Value)).ToHashSet();

    /// <summary>Returns everything in a text that looks like a setting.</summary>
    public static IEnumerable<string> In(string text) => Name().Matches(text).Select(static m => m.Value).Distinct();

    /// <summary>Returns the first cells of a document's tables.</summary>
    public static IReadOnlySet<string> InTables(string file) =>
        Row().Matches(Repository.Read(file)).Select(static m => m.Groups["name"].Value).ToHashSet();

    [GeneratedRegex("\"(?<name>SLUICE_[A-Z_]+)\"", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Quoted();

    [GeneratedRegex("SLUICE_[A-Z_]*[A-Z]", RegexOptions.None, 1_000)]
    private static partial Regex Name();

    [GeneratedRegex(@"^\| `(?<name>SLUICE_[A-Z_]+)` \|", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1_000)]
    private static partial Regex Row();
}
