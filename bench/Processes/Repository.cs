namespace Sluice.Bench.Processes;

/// <summary>Where things are, from the repository's root.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The node as it is built and shipped.</summary>
    public static string NodeProgram => Path.Combine(Root, "api", "bin", "Release", "net10.0", "Sluice.Api.dll");

    /// <summary>The cluster's node as it is built and shipped.</summary>
    public static string ClusterProgram => Path.Combine(Root, "silo", "bin", "Release", "net10.0", "Sluice.Silo.dll");

    /// <summary>Starts and stops the PostgreSQL of a data folder, as <c>./run</c> has it done.</summary>
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
