using Sluice.Metering.Keys;
using Sluice.Storage.Control.Credentials;
using Xunit;

namespace Sluice.Engine.Keys;

public sealed class RevocationLogTests
{
    private static readonly Credential Key = new()
    {
        KeyId = 7,
        Kind = KeyKind.Project,
        TenantId = 3,
        ProjectId = 5,
        SeatId = 0,
        MemberId = 0,
        SecretHash = [],
        TimeZone = "UTC",
        Currency = "JPY",
    };

    private readonly RevocationLog _log = new();

    [Fact]
    public void AKey_IsConcernedByItsOwnRevocationAndItsTenants_SinceItWasRead()
    {
        _log.AddKey(7);
        _log.AddTenant(3);
        Assert.False(_log.MayConcern(Key, _log.Count));
        Assert.True(_log.MayConcern(Key, 0));
        Assert.True(_log.MayConcern(Key, 1));
    }

    [Fact]
    public void RevocationsOfOthers_ConcernNoKey_UntilTheyAreTooManyToRemember()
    {
        for (var id = 100; id < 612; id++)
        {
            _log.AddKey(id);
            _log.AddTenant(id);
        }

        Assert.False(_log.MayConcern(Key, 0));
        // The id of a tenant is not that of a key.
        _log.AddTenant(7);
        Assert.True(_log.MayConcern(Key, 0));
        Assert.False(_log.MayConcern(Key, 1));
    }
}
