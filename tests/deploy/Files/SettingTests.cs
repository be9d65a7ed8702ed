using Xunit;

namespace Sluice.Deploy.Tests.Files;

/// <summary>A setting that no program reads, or that no document describes, is a trap.</summary>
public sealed class SettingTests
{
    [Fact]
    public void FilesNameOnlySettingsThatThereAre()
    {
        var unknown = DeployFiles.All.SelectMany(
            f => SettingNames.In(Repository.Read(f)).Except(SettingNames.Known).Select(name => $"{f}: {name}"));

        Assert.Contains("SLUICE_SILO_PORT", SettingNames.Known);
        Assert.Empty(unknown);
    }

    [Theory]
    [InlineData("docs/runbook.md")]
    [InlineData("docs/api.md")]
    public void EverySetting_IsInTheTable(string document) =>
        Assert.Empty(SettingNames.Known.Except(SettingNames.InTables(document)));

    [Theory]
    [InlineData("docs/runbook.md")]
    [InlineData("docs/api.md")]
    [InlineData("README.md")]
    public void DocumentsNameOnlySettingsThatThereAre(string document) => Assert.Empty(
        SettingNames.In(Repository.Read(document)).Except(SettingNames.Known).Except(SettingNames.OfScripts));
}
