using System.Text.RegularExpressions;
using Xunit;

namespace Sluice.Deploy.Tests.Files;

public sealed partial class ImageTests
{
    [Fact]
    public void EveryImage_HasATag_WhichIsNotTheNewestOfTheDay()
    {
        var images = DeployFiles.All.SelectMany(ImagesOf).ToList();

        Assert.Contains(images, i => i.Image.StartsWith("postgres:", StringComparison.Ordinal));
        Assert.Contains(images, i => i.Image.EndsWith("/dotnet/sdk:10.0", StringComparison.Ordinal));
        Assert.DoesNotContain(
            images, i => !i.Image.Contains(':') || i.Image.EndsWith(":latest", StringComparison.Ordinal));
    }

    [Fact]
    public void OurOwnImage_HasTheVersionThatIsBuilt()
    {
        Assert.Equal($"sluice:{DeployFiles.Version}", YamlFile.Read("deploy/compose/compose.yaml")[0]
            .Text("services", "node-0", "image"));
        foreach (var variant in (string[])["base", "split"])
        {
            var image = Assert.Single(
                YamlFile.Read($"deploy/kubernetes/{variant}/kustomization.yaml")[0].Items("images"));
            Assert.Equal(("sluice", DeployFiles.Version), (image.Text("name"), image.Text("newTag")));
        }

        Assert.Contains(
            $" -t sluice:{DeployFiles.Version} ", Repository.Read("deploy/container/Dockerfile"),
            StringComparison.Ordinal);
    }

    /// <summary>
    /// Returns the images of a file. Stages of the same file have names, not tags; kustomize gives ours its tag.
    /// </summary>
    private static IEnumerable<(string File, string Image)> ImagesOf(string file)
    {
        var text = Repository.Read(file);
        var stages = Stage().Matches(text).Select(static m => m.Groups["name"].Value).ToHashSet();
        return Image().Matches(text).Select(static m => m.Groups["image"].Value)
            .Where(i => !stages.Contains(i))
            .Where(i => i != "sluice" || !file.StartsWith("deploy/kubernetes/", StringComparison.Ordinal))
            .Select(i => (file, i));
    }

    [GeneratedRegex(
        @"^(FROM|\s*(- )?image:) (?<image>\S+)", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1_000)]
    private static partial Regex Image();

    [GeneratedRegex(@"^FROM \S+ AS (?<name>\S+)", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1_000)]
    private static partial Regex Stage();
}
