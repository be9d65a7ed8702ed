using System.Xml.Linq;

namespace Sluice.Deploy.Tests.Architecture.Projects;

/// <summary>The references between projects, by their folders.</summary>
internal static class ProjectGraph
{
    /// <summary>
    /// Returns each project's folder with the folders that it references, directly or through others.
    /// </summary>
    public static IReadOnlyDictionary<string, IReadOnlySet<string>> Read()
    {
        var direct = Repository.ProjectFiles.ToDictionary(FolderOf, ReferencesOf);
        return direct.Keys.ToDictionary(folder => folder, folder => Reached(folder, direct));
    }

    private static string FolderOf(string project) => project[..project.LastIndexOf('/')];

    private static string[] ReferencesOf(string project) =>
    [
        .. XDocument.Parse(Repository.Read(project)).Descendants("ProjectReference")
            .Select(r => Path.GetRelativePath(
                Repository.Root,
                Path.GetFullPath(Path.Combine(
                    Repository.Root, FolderOf(project), r.Attribute("Include")!.Value.Replace('\\', '/')))))
            .Select(path => FolderOf(path.Replace('\\', '/'))),
    ];

    private static IReadOnlySet<string> Reached(string from, Dictionary<string, string[]> direct)
    {
        var reached = new HashSet<string>();
        var open = new Queue<string>(direct[from]);
        while (open.TryDequeue(out var next))
        {
            if (!reached.Add(next))
                continue;
            foreach (var further in direct[next])
                open.Enqueue(further);
        }

        return reached;
    }
}
