using System.Text.RegularExpressions;

namespace Sluice.Deploy.Tests.Files;

/// <summary>The files for operators: container, compose, Kubernetes, systemd. Paths are relative to the root.</summary>
internal static partial class DeployFiles
{
    private static readonly string[] Folders = ["container", "compose", "kubernetes", "systemd"];

    /// <summary>The version that is built.</summary>
    public static string Version { get; } =
        VersionElement().Match(Repository.Read("Directory.Build.props")).Groups["version"].Value;

    /// <summary>All of them, without the scripts.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. Repository.Files
            .Where(static f => Folders.Any(folder => f.StartsWith($"deploy/{folder}/", StringComparison.Ordinal)))
            // An operator who runs the compose file from here keeps secrets in it.
            .Where(static f => Path.GetFileName(f) != ".env"),
    ];

    public static IEnumerable<string> Yaml => All.Where(f => Path.GetExtension(f) == ".yaml");

    public static IEnumerable<string> Units => All.Where(f => Path.GetExtension(f) == ".service");

    [GeneratedRegex("<Version>(?<version>[^<]+)</Version>", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex VersionElement();
}
