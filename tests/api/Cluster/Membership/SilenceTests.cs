using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Xunit;

namespace Sluice.Api.Tests.Cluster.Membership;

/// <summary>How long a silo may be silent until the others give it up.</summary>
public sealed class SilenceTests(MembershipStore store) : IClassFixture<MembershipStore>
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(4);

    [Fact]
    public async Task ASiloThatHangs_IsGivenUpAsSoonAsOneThatIsGone()
    {
        await using var silo = new BareSilo(store.ConnectionString, $"test-{Guid.NewGuid():n}");

        var options = silo.Of<IOptions<ClusterMembershipOptions>>().Value;

        Assert.InRange(options.ProbeTimeout * options.NumMissedProbesLimit, TimeSpan.Zero, Promised);

        // A busy machine's pauses are no deaths.
        Assert.Equal(options.ProbeTimeout, options.MinProbeTimeout);

        // What came over a connection that still stands speaks for a silo, for that long.
        Assert.InRange(
            options.MaxProbeTimeout * options.NumMissedProbesLimit,
            options.ProbeTimeout * options.NumMissedProbesLimit,
            Promised);
        Assert.Equal(1, options.NumVotesForDeathDeclaration);
    }
}
