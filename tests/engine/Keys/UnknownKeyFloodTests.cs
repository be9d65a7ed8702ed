using System.Net;
using Sluice.Engine.Customers;
using Sluice.Engine.Nodes;
using Xunit;

namespace Sluice.Engine.Keys;

/// <summary>Well-formed keys that do not exist, many at once.</summary>
public sealed class UnknownKeyFloodTests(TestStore store) : IClassFixture<TestStore>
{
    private const int TimeoutMs = 60_000;

    private static readonly IPAddress Flooder = IPAddress.Parse("198.51.100.7");

    private static readonly IPAddress Other = IPAddress.Parse("203.0.113.9");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = TimeoutMs)]
    public async Task AnAddress_HasOnlyItsShareLookedUp_WithFewQueries()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var edge = await cluster.StartEdgeAsync();
        await edge.Lookups.ReadKnownAsync(Cancellation);
        cluster.Time.Stop();

        var answers = await FloodAsync(edge, Flooder, 3_000);

        // Some in fifty look like known keys, and are looked up with those.
        Assert.All(answers, static answer => Assert.Null(answer.Key));
        var lookedUp = answers.Count(static answer => !answer.TooManyUnknown);
        Assert.InRange(lookedUp, UnknownKeyLimiter.Burst, 2 * UnknownKeyLimiter.Burst);
        Assert.InRange(edge.Lookups.UnknownQueries, 1, UnknownKeyLimiter.Burst / 4);
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task ManyAddresses_ShareFewQueries()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var edge = await cluster.StartEdgeAsync();
        await edge.Lookups.ReadKnownAsync(Cancellation);
        var startedMs = cluster.Clock.MonotonicMs;

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(
            n => FloodAsync(edge, IPAddress.Parse($"192.0.2.{n}"), 100)));

        var passedMs = cluster.Clock.MonotonicMs - startedMs;
        Assert.DoesNotContain(answers.SelectMany(static a => a), static answer => answer.Key is not null);
        // Timers may be early by as much as their resolution.
        Assert.InRange(edge.Lookups.UnknownQueries, 1, 1 + (passedMs / (KeyLookups.UnknownPauseMs - 2)));
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task AKnownKeyThatWasNotUsedYet_Works_EvenFromTheAddressOfTheFlood()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var edge = await cluster.StartEdgeAsync();
        var customer = await Customer.CreateAsync(store);
        await edge.Lookups.ReadKnownAsync(Cancellation);
        cluster.Time.Stop();
        await FloodAsync(edge, Flooder, 1_000);

        var answer = await edge.AuthenticateAsync(customer.Secret, Flooder);

        Assert.Equal(customer.KeyId, answer.Key?.KeyId);
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task AKeyMadeElsewhere_WorksAtOnce_DuringTheFlood()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var edge = await cluster.StartEdgeAsync();
        await edge.Lookups.ReadKnownAsync(Cancellation);
        cluster.Time.Stop();
        var flood = FloodAsync(edge, Flooder, 1_000);

        var made = await Customer.CreateAsync(store);
        var fromOther = await edge.AuthenticateAsync(made.Secret, Other);
        await flood;
        var second = await Customer.CreateAsync(store);
        var fromFlooder = await edge.AuthenticateAsync(second.Secret, Flooder);
        cluster.Time.Advance(1_000);
        cluster.Time.Resume();
        var later = await edge.AuthenticateAsync(second.Secret, Flooder);

        Assert.Equal(made.KeyId, fromOther.Key?.KeyId);
        Assert.True(fromFlooder is { Key: null, TooManyUnknown: true });
        Assert.Equal(second.KeyId, later.Key?.KeyId);
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task AKeyThatWasFoundOnce_IsKnown()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var edge = await cluster.StartEdgeAsync();
        await edge.Lookups.ReadKnownAsync(Cancellation);
        var customer = await Customer.CreateAsync(store);
        await edge.AuthenticateAsync(customer.Secret, Other);
        cluster.Time.Stop();
        await FloodAsync(edge, Flooder, 1_000);
        edge.Keys.Revoke([customer.KeyId]);

        var answer = await edge.AuthenticateAsync(customer.Secret, Flooder);

        Assert.Equal(customer.KeyId, answer.Key?.KeyId);
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task UntilTheKnownKeysAreRead_AnyMayBeKnown()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var edge = await cluster.StartEdgeAsync();
        cluster.Time.Stop();

        var answers = await FloodAsync(edge, Flooder, 2 * UnknownKeyLimiter.Burst);

        Assert.DoesNotContain(answers, static answer => answer.TooManyUnknown);
        Assert.Equal(0, edge.Lookups.UnknownQueries);
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task AGatewayIsTrusted_AndWaitsForNoPause()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var edge = await cluster.StartEdgeAsync();
        await edge.Lookups.ReadKnownAsync(Cancellation);

        var answers = await FloodAsync(edge, null, 2 * UnknownKeyLimiter.Burst);

        Assert.DoesNotContain(answers, static answer => answer.TooManyUnknown || answer.Key is not null);
        Assert.Equal(0, edge.Lookups.UnknownQueries);
    }

    private Task<KeyAnswer[]> FloodAsync(TestEdge edge, IPAddress? sender, int count) => Task.WhenAll(
        Enumerable.Range(0, count).Select(_ => edge.AuthenticateAsync(Customer.Stranger(store).Secret, sender)));
}
