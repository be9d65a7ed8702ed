using System.Net;
using Xunit;

namespace Sluice.Api.Tests.DataPlane;

/// <summary>The usage that is shown agrees with the answers, and live numbers agree with settled ones.</summary>
public abstract class TotalsTests(NodeHost host)
{
    [Collection<DataPlaneNode>]
    public sealed class OnOneNode(NodeHost host) : TotalsTests(host);

    [Collection<SharedCluster>]
    public sealed class OnThreeNodes(ThreeNodes host) : TotalsTests(host);

    [Fact]
    public async Task OnceIdle_StateAndUsage_AgreeWithWhatWasAcknowledged_UnderEveryGrouping()
    {
        await host.Operator().PriceAsync("EUR", """
            [{"model": "*", "metric": "text_tokens", "per": 1000, "amount": 0.75, "credits": 1.5},
             {"model": "big", "metric": "text_tokens", "per": 1000, "amount": 3}]
            """);
        var first = await Customer.CreateAsync(host, "EUR");
        var second = await first.AnotherKeyAsync();
        var third = await first.AnotherProjectAsync();
        Customer[] keys = [first, second, third];
        var counted = new Tally();

        await Task.WhenAll(Enumerable.Range(0, 12).Select(client => SendAsync(keys[client % 3], client, counted)));

        await first.SeesInLedgerAsync(counted.Of("metric", "text_tokens"));
        foreach (var customer in keys)
            await first.SeesUsedAsync(counted.Of("key", customer.KeyId), customer.KeyId);
        foreach (var customer in (Customer[])[first, third])
            await first.SeesUsedAsync(counted.Of("project", customer.ProjectId), customer.ProjectId);
        foreach (var metric in (string[])["text_tokens", "requests", "amount", "credits"])
        {
            var total = counted.Of("metric", metric);
            await first.SeesUsedAsync(total, first.TenantId, metric);
            await first.SeesInLedgerAsync(total, metric);
        }

        foreach (var group in (string[])["day", "month", "project", "key", "model"])
            Assert.Equal(counted.By(group), await LedgerByAsync(first, group));
        Assert.Equal(counted.By("metric"), await LedgerByAsync(first, "metric", metric: null));
    }

    private static async Task SendAsync(Customer customer, int client, Tally counted)
    {
        for (var i = 1; i <= 10; i++)
        {
            var tokens = (client * 37) + i;
            var model = i % 3 == 0 ? "big" : "small";
            var day = i % 2 == 0 ? "2026-11-18" : "2026-11-20";
            var id = $"{client}-{i}";
            var body = new { id, model, metrics = new { text_tokens = tokens }, at = $"{day}T10:00:00+09:00" };
            // Every third is sent twice; the second answer must not count.
            for (var time = 0; time < (i % 3 == 0 ? 2 : 1); time++)
            {
                var answer = (await customer.Key.PostAsync("/v1/usage", body)).Is(HttpStatusCode.OK);
                if (answer["duplicate"].GetBoolean())
                    continue;
                counted.Add(customer, model, day, "text_tokens", tokens);
                counted.Add(customer, model, day, "requests", 1);
                counted.Add(customer, model, day, "amount", answer["amount"].GetDecimal());
                counted.Add(customer, model, day, "credits", answer["credits"].GetDecimal());
            }
        }
    }

    private static async Task<SortedDictionary<string, decimal>> LedgerByAsync(
        Customer customer, string group, string? metric = "text_tokens")
    {
        var filter = metric is null ? "" : $"&metric={metric}";
        var rows = await customer.Operator.GetAsync($"{customer.TenantPath}/usage?groupBy={group}{filter}");
        var sums = new SortedDictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var row in rows.Is(HttpStatusCode.OK)["items"].EnumerateArray())
            sums.Add(row.GetProperty(group).GetString()!, row.GetProperty("value").GetDecimal());
        return sums;
    }

    /// <summary>Adds up acknowledged usage: tokens by each group, and every metric by its name.</summary>
    private sealed class Tally
    {
        private readonly Lock _gate = new();
        private readonly Dictionary<string, SortedDictionary<string, decimal>> _sums = [];

        public void Add(Customer customer, string model, string day, string metric, decimal value)
        {
            lock (_gate)
            {
                Add("metric", metric, value);
                if (metric != "text_tokens")
                    return;
                Add("day", day, value);
                Add("month", day[.."2026-11".Length], value);
                Add("project", customer.ProjectId, value);
                Add("key", customer.KeyId, value);
                Add("model", model, value);
            }
        }

        public SortedDictionary<string, decimal> By(string group) => _sums[group];

        public decimal Of(string group, string name) => _sums[group][name];

        private void Add(string group, string name, decimal value)
        {
            if (!_sums.TryGetValue(group, out var sums))
                _sums.Add(group, sums = new SortedDictionary<string, decimal>(StringComparer.Ordinal));
            sums[name] = sums.GetValueOrDefault(name) + value;
        }
    }
}
