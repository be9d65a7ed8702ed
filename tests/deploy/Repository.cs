namespace Sluice.Deploy.Tests;

/// <summary>The project's own files, without build and run output. Paths are relative to the root.</summary>
internal static class Repository
{
    /// <summary>The projects that make up a node. All others measure, test or start it.</summary>
    public static readonly string[] Products =
        ["metering", "storage", "engine", "api", "client", "console", "grain-interfaces", "grains", "silo"];

    private static readonly string[] NotOurs =
        ["bin", "obj", "TestResults", "BenchmarkDotNet.Artifacts", "node_modules"];

    public static string Root { get; } = FindRoot();

    /// <summary>All files, with forward slashes.</summary>
    public static IReadOnlyList<string> Files { get; } =
        [.. FilesOf(new DirectoryInfo(Root)).Order(StringComparer.Ordinal)];

    public static IEnumerable<string> SourceFiles => Files.Where(f => f.EndsWith(".cs", StringComparison.Ordinal));

    public static IEnumerable<string> ProjectFiles => Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal));

    public static bool IsProduct(string file) => Products.Contains(file.Split('/')[0]);

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    public static string Read(string file) => File.ReadAllText(PathOf(file));

    public static string[] ReadLines(string file) => File.ReadAllLines(PathOf(file));

    private static IEnumerable<string> FilesOf(DirectoryInfo folder)
    {
        foreach (var file in folder.EnumerateFiles())
            yield return Path.GetRelativePath(Root, file.FullName).Replace('\\', '/');
        foreach (var inner in folder.EnumerateDirectories())
        {
            // Folders that begin with a dot hold files of tools or of a node; CI's is ours.
            if (NotOurs.Contains(inner.Name) || (inner.Name[0] == '.' && inner.Name is not ".ci"))
                continue;
            foreach (var file in FilesOf(inner))
                yield return file;
        }
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Orleans.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("the tests run outside the repository");
    }
}
