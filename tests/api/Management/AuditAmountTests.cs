using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Sluice.Api.Tests.Management;

/// <summary>
/// Audit entries about amounts use the API's terms: names of metrics, amounts as they are written, and the same fields
/// before and after.
/// </summary>
public sealed class AuditAmountTests(NodeHost host) : IClassFixture<NodeHost>
{
    [Fact]
    public async Task ALimit_IsWrittenAsItIsSet()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitTenantAsync(10);
        await customer.Operator.PutAsync(
            $"{customer.TenantPath}/limits/amount",
            """{"blocked":20.5,"warnings":[{"percent":80},{"value":0.25}],"recipients":["ops@example.com"]}""");
        await customer.LimitTenantAsync(null);

        const string ten = """{"metric":"amount","period":"month","blocked":10,"warnings":[],"recipients":[]}""";
        const string more =
            """
            {"metric":"amount","period":"month","blocked":20.5,
             "warnings":[{"value":0.25,"percent":null},{"value":null,"percent":80}],
             "recipients":["ops@example.com"]}
            """;
        await IsWrittenAsync(customer, "limit.set", (null, ten), (ten, more), (more, null));
    }

    [Fact]
    public async Task ALimitOfAKey_HasTheNameAndTheDecimalsOfItsMetric()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("audio_transcribed_seconds", 1.5m, "day");

        await IsWrittenAsync(customer, "key.set", (null,
            """
            {"metric":"audio_transcribed_seconds","period":"day","blocked":1.5,"warnings":[],"recipients":[]}
            """));
    }

    [Fact]
    public async Task Thresholds_AreWrittenAsTheyAreSet()
    {
        var customer = await Customer.CreateAsync(host);
        const string first =
            """
            {"metrics":{"text_tokens":{"warning":[800,900],"blocked":1000},
                        "audio_transcribed_seconds":{"warning":[1.5],"blocked":null}},
             "recipients":{"warning":["ops@example.com"],"blocked":[]},"language":"fr"}
            """;
        const string second =
            """
            {"metrics":{"requests":{"warning":[],"blocked":10}},
             "recipients":{"warning":[],"blocked":["ops@example.com"]},"language":"en"}
            """;
        foreach (var body in new[] { first, second })
            (await customer.Operator.PutAsync($"{customer.TenantPath}/usage-thresholds", body)).Is(HttpStatusCode.OK);

        await IsWrittenAsync(customer, "thresholds.set", (null, first), (first, second));
    }

    [Fact]
    public async Task ABoost_HasTheFieldsOfTheApi()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("audio_transcribed_seconds", 1.5m);
        var boost = (await customer.Operator.PostAsync($"{customer.TenantPath}/boosts", new
        {
            scope = "key",
            scopeId = customer.KeyId,
            metric = "audio_transcribed_seconds",
            value = 2.25m,
            until = host.Time.GetUtcNow().AddHours(1),
        })).Is(HttpStatusCode.Created);
        (await customer.Operator.DeleteAsync($"{customer.TenantPath}/boosts/{boost.String("id")}"))
            .Is(HttpStatusCode.NoContent);

        var without =
            $$"""
            {"scope":"key","scopeId":"{{customer.KeyId}}","metric":"audio_transcribed_seconds","period":"month",
             "source":"key","limit":1.5,"value":null}
            """;
        var with = without.Replace("null", "2.25", StringComparison.Ordinal);
        await IsWrittenAsync(customer, "boost.created", (without, with));
        await IsWrittenAsync(customer, "boost.ended", (with, without));
    }

    [Fact]
    public async Task ARequestForQuota_AndASubscription_HaveTheFieldsOfTheApi()
    {
        var customer = await Customer.CreateAsync(host);
        var request = (await customer.Operator.PostAsync(
            $"{customer.TenantPath}/quota-requests", new { amount = 15.5m, reason = "launch" }))
            .Is(HttpStatusCode.Created);
        (await customer.Operator.PostAsync(
            $"/api/v1/quota-requests/{request.String("id")}/approve", new { amount = 12.25m, note = "for now" }))
            .Is(HttpStatusCode.OK);
        (await customer.Operator.PostAsync($"{customer.TenantPath}/subscriptions", new
        {
            plan = "team",
            seats = 2,
            creditsPerSeat = 12.5m,
            expiresAt = host.Time.GetUtcNow().AddDays(30),
        })).Is(HttpStatusCode.Created);

        const string open =
            """{"state":"open","amount":15.5,"reason":"launch","approvedAmount":null,"note":null}""";
        await IsWrittenAsync(customer, "quota-request.created", (null, open));
        await IsWrittenAsync(customer, "quota-request.approved", (open,
            """{"state":"approved","amount":15.5,"reason":"launch","approvedAmount":12.25,"note":"for now"}"""));
        await IsWrittenAsync(customer, "quota.set", (null,
            """{"metric":"amount","period":"month","blocked":12.25,"warnings":[],"recipients":[]}"""));
        await IsWrittenAsync(
            customer, "subscription.created", (null, """{"plan":"team","seats":2,"creditsPerSeat":12.5}"""));
    }

    [Fact]
    public async Task APriceBook_IsWrittenAsItIsPut()
    {
        const string prices =
            """[{"model":"*","metric":"audio_transcribed_seconds","per":60,"amount":60.5,"credits":0.25}]""";
        await host.Operator().PriceAsync("CHF", prices);

        var after = await host.QueryAsync<string>(
            "select after::text from audit_log where action = 'prices.put' and target = 'CHF' and before is null");

        IsSame(prices, JsonNode.Parse(after!)!["prices"]!.ToJsonString());
    }

    private async Task IsWrittenAsync(
        Customer customer, string action, params (string? Before, string? After)[] expected)
    {
        var entries = (await host.Operator().GetAsync($"{customer.TenantPath}/audit?action={action}"))
            .Is(HttpStatusCode.OK).Items();
        var written = entries.Reverse().ToList();

        Assert.Equal(expected.Length, written.Count);
        foreach (var (entry, (before, after)) in written.Zip(expected))
        {
            IsSame(before, entry.GetProperty("before").GetRawText());
            IsSame(after, entry.GetProperty("after").GetRawText());
        }
    }

    /// <summary>Compares entries without their instants, which come from the node's clock.</summary>
    private static void IsSame(string? expected, string actual)
    {
        var written = JsonNode.Parse(actual);
        if (written is JsonObject fields)
        {
            fields.Remove("until");
            fields.Remove("expiresAt");
        }

        Assert.True(
            JsonNode.DeepEquals(JsonNode.Parse(expected ?? "null"), written),
            $"{expected ?? "null"} is written as {actual}");
    }
}
