using Xunit;

namespace Sluice.Storage.Ledger.Ids;

public sealed class IdTimeTests
{
    [Theory]
    [InlineData("0198a3c4-5d6e-7f80-9abc-def012345678", 0x0198a3c45d6e)]
    [InlineData("0198A3C4-5D6E-7F80-9ABC-DEF012345678", 0x0198a3c45d6e)]
    [InlineData("0198a3c45d6e7f809abcdef012345678", 0x0198a3c45d6e)]
    [InlineData("01K0A0B0C0D0E0F0G0H0J0K0M0", 0x019814058180)]
    [InlineData("01k0a0b0c0d0e0f0g0h0j0k0m0", 0x019814058180)]
    [InlineData("evt_01k0a0b0c0d0e0f0g0h0j0k0m0", 0x019814058180)]
    public void AnIdWithATime_HasIt(string id, long timeMs) => Assert.Equal(timeMs, IdTime.Of(id));

    [Theory]
    [InlineData("")]
    [InlineData("evt-1")]
    [InlineData("0198a3c4-5d6e-4f80-9abc-def012345678")]
    [InlineData("0198a3c4-5d6e-7f80-7abc-def012345678")]
    [InlineData("0198a3c4-5d6e-7f80-9abc-def01234567g")]
    [InlineData("0198a3c45d6e4f809abcdef012345678")]
    [InlineData("0198a3c45d6e7f807abcdef012345678")]
    [InlineData("00000000-0000-7f80-9abc-def012345678")]
    [InlineData("ffffffff-ffff-7f80-9abc-def012345678")]
    [InlineData("81K0A0B0C0D0E0F0G0H0J0K0M0")]
    [InlineData("01K0A0B0C0D0E0F0G0H0J0K0MU")]
    [InlineData("7ZZZZZZZZZZZZZZZZZZZZZZZZZ")]
    [InlineData("EVT_01k0a0b0c0d0e0f0g0h0j0k0m0")]
    public void AnyOther_HasNone(string id) => Assert.Equal(0, IdTime.Of(id));

    [Fact]
    public void AnOwnId_IsReadAsItWasWritten()
    {
        for (var i = 0; i < 1_000; i++)
        {
            var id = OwnId.New(MeteringDatabase.NowMs + i);

            Assert.True(OwnId.TryParse(OwnId.Format(id), out var read));
            Assert.Equal(id, read);
            Assert.Equal(MeteringDatabase.NowMs + i, OwnId.TimeOf(id));
        }
    }

    [Fact]
    public void WithItsTimeInFront_ADigestKeepsItsOtherEightyBits() => Assert.Equal(
        new Guid("0198a3c4-5d6e-2222-3333-444455556666"),
        IdTime.Before(0x0198a3c45d6e, new Guid("aaaaaaaa-bbbb-2222-3333-444455556666")));
}
