using System.Collections;

namespace Sluice.Api.Settings;

/// <summary>
/// Finds environment variables that look like settings but are none: a misspelt one would have no effect.
/// </summary>
public static class UnknownSettings
{
    private const string Prefix = "SLUICE_";

    /// <summary>Maximum changes of a letter in a name that is still taken for another one misspelt.</summary>
    private const int DistanceMax = 4;

    /// <summary>Variables of the scripts and tests around the program, which pass them on.</summary>
    private static readonly string[] OfScripts =
        [$"{Prefix}SKIP_BUILD", $"{Prefix}SOAK", $"{Prefix}TEST_", $"{Prefix}RUN_LIMIT_S"];

    /// <summary>Describes each unknown variable in a sentence that names the nearest known one.</summary>
    /// <param name="environment">The environment variables.</param>
    /// <param name="known">The names of all settings.</param>
    public static IReadOnlyList<string> In(IDictionary environment, IReadOnlyCollection<string> known) =>
    [
        .. from string name in environment.Keys
           where name.StartsWith(Prefix, StringComparison.Ordinal) && !known.Contains(name)
               && !OfScripts.Any(script => name.StartsWith(script, StringComparison.Ordinal))
           orderby name
           select Describe(name, known),
    ];

    private static string Describe(string name, IReadOnlyCollection<string> known)
    {
        var nearest = known.MinBy(other => Distance(name, other))!;
        return Distance(name, nearest) <= DistanceMax
            ? $"{name} is no setting and has no effect; did you mean {nearest}?"
            : $"{name} is no setting and has no effect.";
    }

    /// <summary>Returns how many letters must be inserted, deleted or replaced (Levenshtein).</summary>
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
