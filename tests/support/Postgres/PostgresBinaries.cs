using System.Globalization;

namespace Sluice.TestSupport.Postgres;

/// <summary>Finds the programs of an installed PostgreSQL.</summary>
internal static class PostgresBinaries
{
    private const string DebianFolder = "/usr/lib/postgresql";

    /// <summary>
    /// Returns the folder of <c>initdb</c> and <c>pg_ctl</c>: the newest of Debian's, otherwise one on PATH.
    /// </summary>
    /// <exception cref="FileNotFoundException">PostgreSQL is not installed.</exception>
    public static string FindFolder() =>
        Candidates().FirstOrDefault(static folder => File.Exists(Path.Combine(folder, "initdb")))
        ?? throw new FileNotFoundException(
            $"PostgreSQL is not installed: no initdb in {DebianFolder}/*/bin or on PATH. `./test` installs it.");

    private static IEnumerable<string> Candidates()
    {
        var debian = Directory.Exists(DebianFolder) ? Directory.GetDirectories(DebianFolder) : [];
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        return debian
            .OrderByDescending(static folder => VersionOf(folder))
            .Select(static folder => Path.Combine(folder, "bin"))
            .Concat(path.Split(':', StringSplitOptions.RemoveEmptyEntries));
    }

    private static int VersionOf(string folder) =>
        int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : 0;
}
