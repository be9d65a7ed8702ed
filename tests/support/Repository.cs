namespace Sluice.TestSupport;

/// <summary>The repository whose programs and scripts are under test.</summary>
public static class Repository
{
    /// <summary>The folder of <c>Orleans.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Returns a path below <see cref="Root"/>.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Orleans.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("The tests run outside the repository.");
    }
}
