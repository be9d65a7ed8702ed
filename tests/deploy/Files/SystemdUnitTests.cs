using Xunit;

namespace Sluice.Deploy.Tests.Files;

/// <summary>The units of systemd, read as lines of <c>Key=value</c>.</summary>
public sealed class SystemdUnitTests
{
    private const string Node = "deploy/systemd/sluice.service", Migrate = "deploy/systemd/sluice-migrate.service";

    public static TheoryData<string> Units => [.. DeployFiles.Units];

    [Fact]
    public void TheNodesUnit_StartsItsProgramAgain()
    {
        var unit = LinesOf(Node);

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
    public void TheOwnersConnection_IsTheMigratingUnitsAlone_WhichRunsBeforeTheNode()
    {
        const string OwnersFile = "EnvironmentFile=/etc/sluice/owner.env";

        Assert.Contains(OwnersFile, LinesOf(Migrate));
        Assert.Contains("ConditionPathExists=/etc/sluice/owner.env", LinesOf(Migrate));
        Assert.DoesNotContain(OwnersFile, LinesOf(Node));
        Assert.Contains(LinesOf(Node), static l => l.StartsWith("After=", StringComparison.Ordinal)
            && l.EndsWith(" sluice-migrate.service", StringComparison.Ordinal));
        Assert.Contains(LinesOf(Node), static l => l.StartsWith("Wants=", StringComparison.Ordinal)
            && l.EndsWith(" sluice-migrate.service", StringComparison.Ordinal));
    }

    [Fact]
    public void TheUnits_RunTheProgramThatTheRunbookPublishesThere()
    {
        Assert.Equal([Migrate, Node], DeployFiles.Units.Order(StringComparer.Ordinal));
        Assert.All(DeployFiles.Units, static f => Assert.Contains("WorkingDirectory=/opt/sluice", LinesOf(f)));
        Assert.Contains("ExecStart=/usr/bin/dotnet Sluice.Silo.dll", LinesOf(Node));
        Assert.Contains("ExecStart=/usr/bin/dotnet Sluice.Silo.dll migrate", LinesOf(Migrate));
        Assert.Contains(
            "dotnet publish silo -c Release -o /opt/sluice", Repository.Read("docs/runbook.md"),
            StringComparison.Ordinal);
    }

    private static string[] LinesOf(string file) => Repository.Read(file).Split('\n');
}
