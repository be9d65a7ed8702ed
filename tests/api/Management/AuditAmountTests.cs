using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Sluice.Api.Tests.Management;

/// <summary>
/// Entries about amounts say what the API says: names of metrics, amounts as they are written, and the same fields
/// before as after.
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
             "warnings":[{"value":null,"percent":80},{"value":0.25,"percent":null}],
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

    /// <summary>But for the instants, which the clock of the node has made.</summary>
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
