using System.Text.RegularExpressions;

namespace Sluice.Deploy.Tests.Files;

/// <summary>What operators are given: container, compose, Kubernetes, systemd. Paths are from the root.</summary>
internal static partial class DeployFiles
{
    /// <summary>The version that is built.</summary>
    public static string Version { get; } =
        VersionElement().Match(Read("Directory.Build.props")).Groups["version"].Value;

    /// <summary>All of them, without the scripts.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. new[] { "container", "compose", "kubernetes", "systemd" }
            .SelectMany(f => Directory.GetFiles(Repository.PathOf("deploy", f), "*", SearchOption.AllDirectories))
            .Select(f => Path.GetRelativePath(Repository.Root, f))
            // Whoever runs the compose file from here keeps secrets in it.
            .Where(f => Path.GetFileName(f) != ".env")
            .Order(StringComparer.Ordinal),
    ];

    public static IEnumerable<string> Yaml => All.Where(f => Path.GetExtension(f) == ".yaml");

    public static IEnumerable<string> Units => All.Where(f => Path.GetExtension(f) == ".service");

    public static string Read(string file) => File.ReadAllText(Repository.PathOf(file));

    [GeneratedRegex("<Version>(?<version>[^<]+)</Version>", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex VersionElement();
}
