namespace Sluice.Bench.Processes;

/// <summary>Paths of files, from the repository's root.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The node's program as it ships; building this project builds it.</summary>
    public static string NodeProgram => Path.Combine(Root, "silo", "bin", "Release", "net10.0", "Sluice.Silo.dll");

    /// <summary>The script that starts and stops the PostgreSQL of a data folder, also used by <c>./run</c>.</summary>
    public static string PostgresScript => Path.Combine(Root, "deploy", "private-postgres.sh");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Orleans.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException("Not in the repository: no folder above has Orleans.sln.");
    }
}
