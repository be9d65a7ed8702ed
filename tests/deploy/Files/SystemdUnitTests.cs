using Xunit;

namespace Sluice.Deploy.Tests.Files;

/// <summary>The unit of systemd, read as lines of <c>Key=value</c>.</summary>
public sealed class SystemdUnitTests
{
    public static TheoryData<string> Units => [.. DeployFiles.Units];

    [Theory]
    [MemberData(nameof(Units))]
    public void AUnit_StartsItsProgramAgain(string file)
    {
        var unit = LinesOf(file);

        Assert.Contains("Restart=always", unit);
        Assert.Contains("StartLimitIntervalSec=0", unit);
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

    [Fact]
    public void TheOneUnit_RunsTheProgramThatTheRunbookPublishesThere()
    {
        var file = Assert.Single(DeployFiles.Units);
        var unit = LinesOf(file);

        Assert.Equal("deploy/systemd/sluice.service", file);
        Assert.Contains("WorkingDirectory=/opt/sluice", unit);
        Assert.Contains("ExecStart=/usr/bin/dotnet Sluice.Silo.dll", unit);
        Assert.Contains(
            "dotnet publish silo -c Release -o /opt/sluice", Repository.Read("docs/runbook.md"),
            StringComparison.Ordinal);
    }

    private static string[] LinesOf(string file) => Repository.Read(file).Split('\n');
}
