using System.Net;
using Xunit;

namespace Sluice.Api.Tests.DataPlane;

/// <summary>Usage without a limit is limited all the same: by the maximum of a 64-bit sum, far away.</summary>
[Collection<DataPlaneNode>]
public sealed class FullCounterTests(NodeHost host)
{
    /// <summary>The most units that one event may carry.</summary>
    private const long Largest = 1_000_000_000_000_000;

    /// <summary>How many of them fill a counter, in batches of this size.</summary>
    private const int Events = 2_000;

    [Fact]
    public async Task ACounterThatIsFull_RefusesWhatItCannotHold_AndNothingElseSuffers()
    {
        var customer = await Customer.CreateAsync(host);
        var small = await customer.AnotherProjectAsync();
        var hold = (await customer.Key.PostAsync(
            "/v1/reservations", new { metrics = new { requests = 1 }, ttlSeconds = 600 })).Is(HttpStatusCode.Created);
        for (var sent = 0; sent < Events; sent += 500)
        {
            var answer = await host.Gateway().PostAsync("/v1/usage/batch", Many(customer, sent, 500));
            Assert.All(
                answer.Is(HttpStatusCode.OK)["results"].EnumerateArray(),
                static result => Assert.True(result.GetProperty("allowed").GetBoolean()));
        }

        var tooMuch = new { metrics = new { text_tokens = Largest } };
        var refused = (await customer.Key.PostAsync("/v1/usage", tooMuch))
            .IsProblem(HttpStatusCode.UnprocessableEntity, "counter-full");
        Assert.StartsWith("metrics:", refused.String("detail"), StringComparison.Ordinal);
        (await customer.Key.PostAsync("/v1/usage", new { mode = "record", tooMuch.metrics }))
            .IsProblem(HttpStatusCode.UnprocessableEntity, "counter-full");
        (await customer.Key.PostAsync("/v1/usage/check", tooMuch))
            .IsProblem(HttpStatusCode.UnprocessableEntity, "counter-full");
        (await customer.Key.PostAsync("/v1/reservations", new { tooMuch.metrics, ttlSeconds = 60 }))
            .IsProblem(HttpStatusCode.UnprocessableEntity, "counter-full");
        (await customer.Key.PostAsync($"/v1/reservations/{hold.String("id")}/commit", tooMuch))
            .IsProblem(HttpStatusCode.UnprocessableEntity, "counter-full");

        // The tenant's counter is full, and so it is for its other keys; a repeat is still recognized.
        (await small.Key.PostAsync("/v1/usage", tooMuch))
            .IsProblem(HttpStatusCode.UnprocessableEntity, "counter-full");
        var repeat = (await customer.Key.PostAsync("/v1/usage", new { id = "big-0", tooMuch.metrics }))
            .Is(HttpStatusCode.OK);
        Assert.True(repeat["duplicate"].GetBoolean());
        (await customer.Key.PostAsync("/v1/usage", new { metrics = new { requests = 1 } })).Is(HttpStatusCode.OK);
        (await (await Customer.CreateAsync(host)).UseAsync(1)).Is(HttpStatusCode.OK);
        var held = new { metrics = new { requests = 1 } };
        (await customer.Key.PostAsync($"/v1/reservations/{hold.String("id")}/commit", held)).Is(HttpStatusCode.OK);

        await customer.SeesInLedgerAsync(Events * Largest);
        foreach (var report in (string[])
                 [
                     $"{customer.TenantPath}/usage", $"{customer.TenantPath}/state",
                     $"{customer.TenantPath}/usage/trend?metric=text_tokens", "/api/v1/unpriced-usage",
                     "/api/v1/reconciliation",
                 ])
        {
            (await customer.Operator.GetAsync(report)).Is(HttpStatusCode.OK);
        }
    }

    private static IEnumerable<object> Many(Customer customer, int from, int count) => Enumerable.Range(from, count)
        .Select(i => new { keyId = customer.KeyId, id = $"big-{i}", metrics = new { text_tokens = Largest } });
}
