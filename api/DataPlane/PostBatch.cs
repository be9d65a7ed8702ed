using Sluice.Api.Problems;
using Sluice.Engine.Events;
using Sluice.Engine.Keys;
using Sluice.Engine.Usage;
using Sluice.Storage.Ledger.Entries;

namespace Sluice.Api.DataPlane;

/// <summary><c>POST /v1/usage/batch</c>: many events of many keys, from a gateway.</summary>
internal static class PostBatch
{
    private const string EndedKey =
        "The key has ended, so nothing new is admitted with it. Usage that has happened is counted with mode record.";

    private static readonly string[] Types = ["application/json", "application/x-ndjson", "application/ndjson"];

    public static void Map(IEndpointRouteBuilder routes, DataPlaneHost host) => routes
        .MapDataPlane("POST", "/v1/usage/batch", http => HandleAsync(http, host))
        .Describe("PostUsageBatch", "Count up to 10,000 events of many keys, each by itself, in order")
        .Takes<Schemas.BatchItem[]>("application/json", "application/x-ndjson")
        .Produces<Schemas.BatchAnswer>()
        .ProducesUsageProblems()
        .TakesIdempotencyKey();

    private static async Task HandleAsync(HttpContext http, DataPlaneHost host)
    {
        if (!await host.AuthenticateGatewayAsync(http))
            return;
        using var intake = await BatchIntake.EnterAsync(http, host.Bulk, owner: 0);
        if (intake is null || await intake.ReceiveAsync(http, Types) is not { } body)
            return;
        var batch = new BatchReader(host.Meter);
        var lines = http.Request.ContentType!.Contains("ndjson", StringComparison.OrdinalIgnoreCase);
        await intake.RunAsync(() =>
        {
            if (lines)
                batch.ReadLines(body.Bytes);
            else
                batch.ReadArray(body.Bytes);
        });
        body.Release(http);
        if (UsageBody.BatchKeyOf(http, batch.Faults) is { } batchKey)
            batch.NameItems(batchKey);
        if (batch.Faults.Count > 0)
        {
            await DataPlaneHost.SendFaultsAsync(http, batch.Faults);
            return;
        }

        await SubmitAsync(host, batch);
        await intake.RunAsync(() => Answer(http, host.Meter, batch));
        await http.Response.BodyWriter.FlushAsync();
    }

    private static void Answer(HttpContext http, Meter meter, BatchReader batch)
    {
        var writer = UsageWriter.Rent();
        Write(writer, meter, batch);
        DataPlaneHost.Fill(http, 200, writer);
    }

    private static async Task SubmitAsync(DataPlaneHost host, BatchReader batch)
    {
        var events = new List<UsageEvent>(batch.Items.Count);
        var keys = new Dictionary<byte[], CachedKey?>(SecretComparer.Instance);
        foreach (var item in batch.Items)
        {
            if (item.Faults is not null)
                continue;
            if (await KeyOfAsync(host, item, keys) is not { } key)
                continue;
            var kind = item.Content.Record ? EntryKind.Record : EntryKind.Consume;
            item.Usage = host.Meter.Make(key, item.Content, kind);
            if (item.Usage is null)
            {
                item.Faults = [new BodyFault("metrics", "At the prices in force the amount is too large.", true)];
                continue;
            }

            item.Usage.OutlivesKey = item.KeyId is not null;
            events.Add(item.Usage);
        }

        await host.Meter.SubmitAsync(events);
    }

    /// <summary>
    /// Finds the key of an item; if there is none, the item says why. A secret is checked once per batch; admission
    /// checks again that the key is still valid. What has happened is also counted for a key that has ended, if the
    /// gateway names it by its id.
    /// </summary>
    private static async ValueTask<CachedKey?> KeyOfAsync(
        DataPlaneHost host, BatchItem item, Dictionary<byte[], CachedKey?> keys)
    {
        if (item.Key is { } secret)
        {
            if (!keys.TryGetValue(secret, out var known))
                keys.Add(secret, known = await host.FindKeyAsync(secret));
            if (known is null)
                item.Refusal = await host.DescribeRefusalAsync(secret);
            return known;
        }

        if (!IdText.TryParse(IdText.Key, item.KeyId, out var id))
            return null;
        if (await host.Keys.FindAsync(id) is { } key)
        {
            host.Keys.NoteUse(key);
            return key;
        }

        var ended = await host.Keys.FindEvenEndedAsync(id);
        if (item.Content.Record || ended is null)
            return ended;
        item.Refusal = EndedKey;
        return null;
    }

    private static void Write(UsageWriter writer, Meter meter, BatchReader batch)
    {
        var json = writer.Json;
        json.WriteStartObject();
        json.WriteStartArray("results"u8);
        foreach (var item in batch.Items)
        {
            json.WriteStartObject();
            if (item.Usage is { } usage)
            {
                json.WriteString("id"u8, usage.Entry.EventId);
                json.WriteBoolean("allowed"u8, usage.Verdict == UsageVerdict.Allowed);
                json.WriteBoolean("duplicate"u8, usage.Duplicate);
                writer.State("state"u8, usage.State);
                if (usage.Verdict != UsageVerdict.Allowed)
                {
                    json.WritePropertyName("problem"u8);
                    DataPlaneProblems.Write(writer, usage, meter.Metrics);
                }

                usage.Release();
            }
            else
            {
                WriteRefused(writer, item);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteRefused(UsageWriter writer, BatchItem item)
    {
        var json = writer.Json;
        if (item.Content.Id is { } id)
            json.WriteString("id"u8, id);
        else
            json.WriteNull("id"u8);
        json.WriteBoolean("allowed"u8, false);
        json.WriteBoolean("duplicate"u8, false);
        json.WriteString("state"u8, "ok"u8);
        json.WritePropertyName("problem"u8);
        if (item.Faults is { } faults)
        {
            DataPlaneProblems.Write(writer, faults);
        }
        else
        {
            DataPlaneProblems.Write(
                writer, 401, ProblemTypes.Unauthorized, "Not signed in.", item.Refusal ?? DataPlaneProblems.NoKey);
        }
    }
}
