using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Sluice.Metering.Identity;
using Sluice.Metering.Keys;
using Xunit;

namespace Sluice.Metering.Tests.Keys;

public sealed class ApiKeyFormatTests
{
    // The checksums of these keys were computed with zlib.
    private const string Personal = "sk_personal_k00000000001_0000000000000000000000000000000000000000000_1F1GYF";
    private const string Project = "sk_project_k000Z3WbxDVB_56789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijkl_274SiC";
    private const string Seat = "sk_seat_kAzL8n0Y58m7_zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz_4Mkg4T";

    [Theory]
    [InlineData(Personal, KeyKind.Personal, 1)]
    [InlineData(Project, KeyKind.Project, 123_456_789_012_345)]
    [InlineData(Seat, KeyKind.Seat, long.MaxValue)]
    public void TryParse_ReadsKindAndId(string text, KeyKind kind, long keyId)
    {
        Assert.True(ApiKeyFormat.TryParse(text, out var parts));
        Assert.Equal(new ApiKeyParts(kind, keyId), parts);
        Assert.True(ApiKeyFormat.TryParse(Encoding.UTF8.GetBytes(text), out var same));
        Assert.Equal(parts, same);
    }

    [Theory]
    [InlineData(Personal)]
    [InlineData(Project)]
    [InlineData(Seat)]
    public void EverySingleCharacterTypo_IsRejected(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            for (var typed = ' '; typed <= '~'; typed++)
            {
                if (typed == text[at])
                    continue;
                var typo = $"{text[..at]}{typed}{text[(at + 1)..]}";
                Assert.False(ApiKeyFormat.TryParse(typo, out var parts), typo);
                Assert.Equal(default, parts);
            }
        }
    }

    [Theory]
    [InlineData(Project)]
    [InlineData(Seat)]
    public void SwappedNeighbours_MissingAndDoubledCharacters_AreRejected(string text)
    {
        for (var at = 0; at < text.Length - 1; at++)
        {
            Assert.False(ApiKeyFormat.TryParse(text.Remove(at, 1), out _));
            Assert.False(ApiKeyFormat.TryParse(text.Insert(at, text[at].ToString()), out _));
            if (text[at] != text[at + 1])
                Assert.False(ApiKeyFormat.TryParse($"{text[..at]}{text[at + 1]}{text[at]}{text[(at + 2)..]}", out _));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("sk_")]
    [InlineData("sk_personal")]
    [InlineData("sk_seat_")]
    [InlineData(" " + Seat)]
    [InlineData(Seat + " ")]
    [InlineData(Seat + "\n")]
    [InlineData("Bearer " + Seat)]
    [InlineData("sk_seat_kAzL8n0Y58m7_zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzé_4Mkg4T")]
    public void WhatIsNoKey_IsRejected(string text)
    {
        Assert.False(ApiKeyFormat.TryParse(text, out _));
        Assert.False(ApiKeyFormat.TryParse(Encoding.UTF8.GetBytes(text), out _));
    }

    [Theory]
    // The id is zero, above 63 bits, and a member's; the secret has a character of another alphabet.
    [InlineData("sk_seat_k00000000000_zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz_3Wedtr")]
    [InlineData("sk_seat_kAzL8n0Y58m8_zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz_0qs2Hs")]
    [InlineData("sk_seat_m00000000005_zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz_3lZda2")]
    [InlineData("sk_seat_k00000000005_zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz-_29ine7")]
    public void ARightCheck_DoesNotHelpWrongParts(string text) => Assert.False(ApiKeyFormat.TryParse(text, out _));

    [Fact]
    public void Garbage_IsRejected_AndNeverThrows()
    {
        var bytes = Gen.Choose(0, 255).Select(static b => (byte)b).ArrayOf();
        Prop.ForAll(bytes.ToArbitrary(), Gen.Choose(0, Seat.Length).ToArbitrary(), static (garbage, kept) =>
            !ApiKeyFormat.TryParse([.. Encoding.ASCII.GetBytes(Seat[..kept]), .. garbage, 0], out _))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));
    }

    [Fact]
    public void AGeneratedKey_IsReadBack_AndMatchesItsHashAndNoOther()
    {
        var kinds = Gen.Elements(Enum.GetValues<KeyKind>());
        var ids = Gen.Choose(1, int.MaxValue).Select(static id => (long)id * 4_000_000_000);
        Prop.ForAll(kinds.ToArbitrary(), ids.ToArbitrary(), static (kind, id) =>
        {
            var key = ApiKeyFormat.Generate(kind, id);
            var other = ApiKeyFormat.Generate(kind, id);
            var utf8 = Encoding.UTF8.GetBytes(key.Text);
            return ApiKeyFormat.TryParse(key.Text, out var parts)
                && parts == new ApiKeyParts(kind, id)
                && parts == key.Parts
                && key.Hash.AsSpan().SequenceEqual(SHA256.HashData(utf8))
                && ApiKeyFormat.Matches(key.Hash.AsSpan(), utf8)
                && !ApiKeyFormat.Matches(other.Hash.AsSpan(), utf8);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public void Matches_IsFalse_ForAHashOfAnotherLength() =>
        Assert.False(ApiKeyFormat.Matches([], Encoding.UTF8.GetBytes(Seat)));

    [Fact]
    public void Printing_ShowsKindAndId_AndNothingOfTheSecret()
    {
        var key = ApiKeyFormat.Generate(KeyKind.Project, 123_456_789_012_345);
        Assert.Equal("sk_project_k000Z3WbxDVB_", key.ToString());
        Assert.StartsWith(key.ToString(), key.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void TheIdInAKey_IsTheIdOfItsScope() => Assert.Contains(
        $"_{new ScopeId(ScopeKind.Key, 123_456_789_012_345)}_", Project, StringComparison.Ordinal);

    [Fact]
    public void Generate_RefusesWhatHasNoText()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ApiKeyFormat.Generate(KeyKind.Seat, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ApiKeyFormat.Generate((KeyKind)9, 1));
    }

    [Fact]
    public void ParsingAndMatching_AllocateNothing()
    {
        var utf8 = Encoding.UTF8.GetBytes(Seat);
        var hash = SHA256.HashData(utf8);
        var right = ApiKeyFormat.TryParse(utf8, out _) && ApiKeyFormat.TryParse(Seat, out _)
            && ApiKeyFormat.Matches(hash, utf8);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            right &= ApiKeyFormat.TryParse(utf8, out _);
            right &= ApiKeyFormat.TryParse(Seat, out _);
            right &= ApiKeyFormat.Matches(hash, utf8);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(right);
    }
}
