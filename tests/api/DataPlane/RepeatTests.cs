using System.Net;
using System.Text.Json;
using Xunit;

namespace Sluice.Api.Tests.DataPlane;

/// <summary>A repeat changes nothing: no count, no refusal, no event of a threshold.</summary>
public abstract class RepeatTests(NodeHost host)
{
    [Collection<DataPlaneNode>]
    public sealed class OnOneNode(NodeHost host) : RepeatTests(host);

    [Collection<SharedCluster>]
    public sealed class OnThreeNodes(ThreeNodes host) : RepeatTests(host);

    [Theory]
    [InlineData("usage", 60)]
    [InlineData("batch", 60)]
    [InlineData("reservation", 0)]
    public async Task ARepeatThatNoLongerFits_FiresNothing_AndTheRealRefusalIsTold(string how, int used)
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("text_tokens", 100);
        Assert.False(await SendAsync(how, customer, "A", 60, host.Bearing));

        Assert.True(await SendAsync(how, customer, "A", 60, host.Bearing));
        foreach (var _ in host.Nodes)
            Assert.True(await SendAsync(how, customer, "A", 60, host.BearingByTurns));
        (await customer.UseAsync(70, "B")).Is(HttpStatusCode.TooManyRequests);

        Assert.Equal([$"refused blocked 100 at {used}, asked 70"], await host.ToldAsync(customer, 1));
    }

    [Fact]
    public async Task ARepeatWithAnotherBody_IsAConflict_AndFiresNothingEither()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("text_tokens", 100);
        (await customer.UseAsync(60, "A")).Is(HttpStatusCode.OK);

        (await customer.UseAsync(80, "A")).IsProblem(HttpStatusCode.Conflict, "id-conflict");
        (await customer.UseAsync(70)).Is(HttpStatusCode.TooManyRequests);
        (await customer.UseAsync(90, "C")).Is(HttpStatusCode.TooManyRequests);

        Assert.Equal(["refused blocked 100 at 60, asked 70"], await host.ToldAsync(customer, 1));
    }

    /// <summary>Sends an event that must pass; returns whether it is a repeat.</summary>
    private static async Task<bool> SendAsync(
        string how, Customer customer, string id, int tokens, Func<string, ApiCaller> bearing)
    {
        var metrics = new { text_tokens = tokens };
        if (how == "batch")
        {
            var batch = await bearing(NodeHost.GatewayToken).PostAsync(
                "/v1/usage/batch", new[] { new { keyId = customer.KeyId, id, metrics } });
            return IsRepeat(batch.Is(HttpStatusCode.OK)["results"][0]);
        }

        var (path, done) = how == "usage"
            ? ("/v1/usage", HttpStatusCode.OK)
            : ("/v1/reservations", HttpStatusCode.Created);
        return IsRepeat((await bearing(customer.Secret).PostAsync(path, new { id, metrics })).Is(done).Json);
    }

    private static bool IsRepeat(JsonElement answer)
    {
        Assert.True(answer.GetProperty("allowed").GetBoolean());
        return answer.GetProperty("duplicate").GetBoolean();
    }
}
