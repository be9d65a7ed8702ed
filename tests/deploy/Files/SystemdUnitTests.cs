using Xunit;

namespace Sluice.Deploy.Tests.Files;

/// <summary>The units of systemd, read as lines of <c>Key=value</c>.</summary>
public sealed class SystemdUnitTests
{
    public static TheoryData<string> Units => [.. DeployFiles.Units];

    [Theory]
    [MemberData(nameof(Units))]
    public void AUnit_StartsItsProgramAgain_ButNotWithWrongSettings(string file)
    {
        var unit = LinesOf(file);

        Assert.Contains("Restart=always", unit);
        Assert.Contains("StartLimitIntervalSec=0", unit);
        Assert.Contains("RestartPreventExitStatus=2", unit);
        Assert.Contains("KillSignal=SIGTERM", unit);
        Assert.Contains("TimeoutStopSec=60s", unit);
    }

    [Theory]
    [MemberData(nameof(Units))]
    public void AUnit_HasNoRightsThatItDoesNotNeed(string file)
    {
        var unit = LinesOf(file);

        Assert.Contains("DynamicUser=yes", unit);
        Assert.Contains("NoNewPrivileges=yes", unit);
        Assert.Contains("ProtectSystem=strict", unit);
        Assert.Contains("ProtectHome=yes", unit);
        Assert.Contains("CapabilityBoundingSet=", unit);
        Assert.Contains(unit, l => l.StartsWith("StateDirectory=", StringComparison.Ordinal));
        Assert.Contains(unit, l => l.StartsWith("EnvironmentFile=", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("deploy/systemd/sluice.service", "/opt/sluice/node", "Sluice.Api.dll", "api")]
    [InlineData("deploy/systemd/sluice-silo@.service", "/opt/sluice/cluster", "Sluice.Silo.dll", "silo")]
    public void AUnit_RunsTheProgramThatTheRunbookPublishesThere(string file, string folder, string dll, string project)
    {
        var unit = LinesOf(file);

        Assert.Contains($"WorkingDirectory={folder}", unit);
        Assert.Contains($"ExecStart=/usr/bin/dotnet {dll}", unit);
        Assert.Contains(
            $"dotnet publish {project} -c Release -o {folder}", Repository.Read("docs/runbook.md"),
            StringComparison.Ordinal);
    }

    private static string[] LinesOf(string file) => Repository.Read(file).Split('\n');
}
