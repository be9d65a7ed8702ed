using Sluice.Metering.Leases.Holds;
using Xunit;

namespace Sluice.Metering.Tests.Leases;

public sealed class HoldLineTests
{
    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(3, 3, 0, 0)]
    [InlineData(6, 5, 1, 0)]
    [InlineData(9, 5, 2, 2)]
    public void Split_TakesRightsFirst_ThenTheUnbackedPart_ThenWhatIsBeyond(
        long used, long rights, long extra, long beyond) =>
        Assert.Equal((rights, extra, beyond), HoldLine.Split(heldRights: 5, heldExtra: 2, used));
}
