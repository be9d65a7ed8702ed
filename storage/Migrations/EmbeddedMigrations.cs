using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Sluice.Storage.Migrations;

/// <summary>Reads the <c>NNNN_name.sql</c> files that are compiled into this assembly.</summary>
internal static partial class EmbeddedMigrations
{
    private const string Folder = "Migrations/";

    public static IReadOnlyList<Migration> Read()
    {
        var assembly = typeof(EmbeddedMigrations).Assembly;
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(static resource => resource.StartsWith(Folder, StringComparison.Ordinal))
                .Select(resource => Parse(resource[Folder.Length..], TextOf(assembly, resource))),
        ];
    }

    /// <exception cref="MigrationException">The file is not named <c>NNNN_name.sql</c>.</exception>
    public static Migration Parse(string fileName, string sql)
    {
        var match = FileNamePattern().Match(fileName);
        if (!match.Success)
        {
            throw new MigrationException(
                MigrationProblem.Numbering,
                $"The migration file '{fileName}' is not called NNNN_name.sql (four digits from 0001, small letters).");
        }

        var number = int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);
        return new Migration(number, match.Groups["name"].Value, sql);
    }

    private static string TextOf(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }

    [GeneratedRegex("^(?!0000)(?<number>[0-9]{4})_(?<name>[a-z0-9_]+)\\.sql$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FileNamePattern();
}
