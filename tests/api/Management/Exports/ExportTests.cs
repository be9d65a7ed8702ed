using System.Net;
using System.Text.Json;
using Parquet.Serialization;
using Xunit;

namespace Sluice.Api.Tests.Management.Exports;

[Collection<SettingsNode>]
public sealed class ExportTests(NodeHost host)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EachFormat_HasEveryEvent_AsTheListHasIt()
    {
        var customer = await Customer.CreateAsync(host);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => UseAsync(
            customer, $$"""{"id": "=e{{i}}", "metrics": {"text_tokens": {{i}}}, "model": "m,{{i}}"}""")));
        await UseAsync(customer, """{"metrics": {"audio_transcribed_seconds": 2.5}}""");
        var listed = (await customer.Operator.GetAsync($"{customer.TenantPath}/events?limit=500"))["items"];
        Assert.Equal(41, listed.GetArrayLength());

        var lines = (await ExportAsync(customer, "format=ndjson", "application/x-ndjson")).Text
            .TrimEnd('\n').Split('\n');
        Assert.Equal(
            listed.EnumerateArray().Select(static item => item.GetRawText()),
            lines.Select(static line => JsonDocument.Parse(line).RootElement.GetRawText()));

        var table = (await ExportAsync(customer, "format=csv", "text/csv")).Text.TrimEnd().Split("\r\n");
        Assert.StartsWith("id,eventId,kind,at,admittedAt,keyId,keyName,projectId,seatId,member,model,", table[0]);
        Assert.EndsWith(",amount,credits,unpriced", table[0]);
        Assert.Equal(
            listed.EnumerateArray().Select(static item => item.GetProperty("id").GetString()),
            table.Skip(1).Select(static row => row.Split(',')[0]));
        Assert.Contains(table, static row => row.Contains(",'=e7,consume,", StringComparison.Ordinal));

        var parquet = await ExportAsync(customer, "format=parquet", "application/vnd.apache.parquet");
        await using var file = await parquet.Message.Content.ReadAsStreamAsync(Cancellation);
        var rows = (await ParquetSerializer.DeserializeUntypedAsync(file, cancellationToken: Cancellation)).Data;
        foreach (var (item, row) in listed.EnumerateArray().Zip(rows))
        {
            Assert.Equal(item.GetProperty("id").GetString(), row["id"]);
            Assert.Equal(item.GetProperty("eventId").GetString(), row["eventId"]);
            Assert.Equal(item.GetProperty("at").GetDateTimeOffset().UtcDateTime, row["at"]);
            Assert.Equal(item.GetProperty("amount").GetDecimal(), row["amount"]);
            var tokens = item.GetProperty("metrics").TryGetProperty("text_tokens", out var t)
                ? t.GetDecimal()
                : (decimal?)null;
            Assert.Equal(tokens, row.TryGetValue("text_tokens", out var read) ? read : null);
        }

        Assert.Equal(41, rows.Count);
    }

    [Fact]
    public async Task AnExportThatBrokeOff_GoesOnBehindItsLastEvent()
    {
        var customer = await Customer.CreateAsync(host);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => customer.UseAsync(1, $"e{i}")));
        var all = await IdsAsync(customer, "");
        Assert.Equal(20, all.Length);

        Assert.Equal(all[7..], await IdsAsync(customer, $"after={all[6]}"));
        Assert.Empty(await IdsAsync(customer, $"after={all[^1]}"));
    }

    [Fact]
    public async Task WithoutEvents_EachFormatIsEmpty_AndStillValid()
    {
        var customer = await Customer.CreateAsync(host);

        Assert.Equal("", (await ExportAsync(customer, "format=ndjson", "application/x-ndjson")).Text);
        Assert.Single((await ExportAsync(customer, "", "text/csv")).Text.TrimEnd().Split("\r\n"));
        var parquet = await ExportAsync(customer, "format=parquet", "application/vnd.apache.parquet");
        await using var file = await parquet.Message.Content.ReadAsStreamAsync(Cancellation);
        Assert.Empty((await ParquetSerializer.DeserializeUntypedAsync(file, cancellationToken: Cancellation)).Data);
    }

    [Fact]
    public async Task TheFormat_IsWhatAcceptPrefers_UnlessItIsNamed()
    {
        var customer = await Customer.CreateAsync(host);
        foreach (var (accept, query, expected) in (IEnumerable<(string, string, string)>)[
            ("application/x-ndjson", "", "application/x-ndjson"), ("text/csv", "", "text/csv"),
            ("text/csv;q=0.5, application/vnd.apache.parquet", "", "application/vnd.apache.parquet"),
            ("*/*", "", "text/csv"), ("text/csv", "format=ndjson", "application/x-ndjson")])
        {
            var answer = (await customer.Operator.GetAsync($"{customer.TenantPath}/events/export?{query}", accept))
                .Is(HttpStatusCode.OK);
            Assert.Equal(expected, answer.ContentType);
        }
    }

    [Fact]
    public async Task WhatBreaksARule_IsNamed()
    {
        var customer = await Customer.CreateAsync(host);

        (await customer.Operator.GetAsync($"{customer.TenantPath}/events/export?format=xml&kind=x&after=1"))
            .BreaksRules("format: one-of", "kind: one-of", "after: id-form");
    }

    private static async Task<string[]> IdsAsync(Customer customer, string query) =>
    [
        .. (await ExportAsync(customer, $"format=ndjson&{query}", "application/x-ndjson")).Text
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()!),
    ];

    private static async Task<Answer> ExportAsync(Customer customer, string query, string type)
    {
        var answer = (await customer.Operator.GetAsync($"{customer.TenantPath}/events/export?{query}"))
            .Is(HttpStatusCode.OK);
        Assert.Equal(type, answer.ContentType);
        Assert.Equal("no-store", answer.Message.Headers.CacheControl?.ToString());
        return answer;
    }

    private static async Task UseAsync(Customer customer, string body) =>
        (await customer.Key.PostAsync("/v1/usage", body)).Is(HttpStatusCode.OK);
}
