using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Xunit;

namespace Sluice.Api.Tests.Cluster.Membership;

/// <summary>How long a silo may be silent before the others declare it dead.</summary>
public sealed class SilenceTests(MembershipStore store) : IClassFixture<MembershipStore>
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(4);

    [Fact]
    public async Task ASiloThatHangs_IsGivenUpAsSoonAsOneThatIsGone()
    {
        await using var silo = new BareSilo(store.ConnectionString, $"test-{Guid.NewGuid():n}");

        var options = silo.Of<IOptions<ClusterMembershipOptions>>().Value;

        Assert.InRange(options.ProbeTimeout * options.NumMissedProbesLimit, TimeSpan.Zero, Promised);

        // Pauses of a busy machine must not count as deaths.
        Assert.Equal(options.ProbeTimeout, options.MinProbeTimeout);

        // For that long, a message over a connection that is still open vouches for a silo.
        Assert.InRange(
            options.MaxProbeTimeout * options.NumMissedProbesLimit,
            options.ProbeTimeout * options.NumMissedProbesLimit,
            Promised);
        Assert.Equal(1, options.NumVotesForDeathDeclaration);
    }
}
