using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Sluice.Api.Auth;
using Sluice.Api.Problems;
using Sluice.Metering.Identity;
using Sluice.Metering.Keys;
using Xunit;

namespace Sluice.Api.Tests.Problems;

public sealed class BoundMetricsTests(NodeHost host) : IClassFixture<NodeHost>
{
    [Fact]
    public async Task ARequestThatABoundRefuses_IsCountedUnderItsName()
    {
        var owner = await Person.OwnerAsync(host);
        var (refused, listener) = Counting();
        using var counting = listener;

        // The things that one may have of a kind are all counted where the answer is made.
        for (var number = 0; number <= 100; number++)
        {
            await owner.Api.PostAsync(
                "/api/v1/me/tokens", new { name = $"token {number}", scopes = new[] { "*" } });
        }

        for (var number = 0; number <= 20; number++)
        {
            await owner.Api.PostAsync(
                $"{owner.TenantPath}/notifications/test", new { email = $"ada{number}@example.com" });
        }

        await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => host.Bearing(UnknownKey())
            .PostAsync("/v1/usage", new { metrics = new { text_tokens = 1 } })));
        await TooManyAttemptsAsync(owner);

        Assert.Equal(1, refused["tokens"]);
        Assert.Equal(1, refused["test-mails"]);
        Assert.InRange(refused["unknown-keys"], 1, 300);
        Assert.Equal(1, refused["attempts"]);
    }

    private async Task TooManyAttemptsAsync(Person owner)
    {
        var turns = host.Services.GetRequiredService<AccountTurns>();
        List<Task<Answer>> asked;
        using (await turns.TakeAsync(Scene.IdOf(owner.MemberId), TestContext.Current.CancellationToken))
        {
            asked = [.. Enumerable.Range(0, 21).Select(_ => owner.SignInAgainAsync())];
            (await await Task.WhenAny(asked)).IsProblem(HttpStatusCode.TooManyRequests, "too-many-attempts");
        }

        await Task.WhenAll(asked);
    }

    private (Dictionary<string, long> Refused, MeterListener Listener) Counting()
    {
        var meters = host.Services.GetRequiredService<IMeterFactory>();
        var refused = new Dictionary<string, long>();
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == BoundMetrics.MeterName && instrument.Meter.Scope == meters)
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            lock (refused)
            {
                var bound = (string)tags[0].Value!;
                refused[bound] = refused.GetValueOrDefault(bound) + value;
            }
        });
        listener.Start();
        return (refused, listener);
    }

    private static string UnknownKey() => ApiKeyFormat.Generate(KeyKind.Project, IdText.NewValue()).Text;
}
