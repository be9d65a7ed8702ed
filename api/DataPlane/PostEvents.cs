using System.Text.Json;
using Sluice.Api.Problems;
using Sluice.Engine.Events;
using Sluice.Engine.Keys;
using Sluice.Engine.Usage;
using Sluice.Storage.Ledger.Entries;
using Sluice.Storage.Ledger.Ids;

namespace Sluice.Api.DataPlane;

/// <summary>
/// <c>POST /v1/events</c>: CloudEvents 1.0, one or a batch, as metering SDKs send them. They report usage that has
/// happened, so it is recorded and never refused by a limit.
/// </summary>
internal static class PostEvents
{
    private const string Single = "application/cloudevents+json";
    private const string Batch = "application/cloudevents-batch+json";
    private static readonly string[] Types = [Single, Batch];

    public static void Map(IEndpointRouteBuilder routes, DataPlaneHost host)
    {
        Map(routes, host, "/v1/events", "PostEvents", "Record usage that metering SDKs send as CloudEvents 1.0");
        Map(routes, host, "/api/v1/events", "PostEventsOfSdks", "Record CloudEvents where OpenMeter's SDKs send them");
    }

    private static void Map(
        IEndpointRouteBuilder routes, DataPlaneHost host, string path, string name, string summary) => routes
        .MapDataPlane("POST", path, http => HandleAsync(http, host))
        .Describe(name, summary)
        .Takes<Schemas.CloudEvent>(Single, Batch)
        .Produces(204)
        .ProducesUsageProblems()
        .TakesIdempotencyKey();

    private static async Task HandleAsync(HttpContext http, DataPlaneHost host)
    {
        var gateway = host.IsGateway(http);
        var caller = gateway ? null : await host.AuthenticateAsync(http);
        if (!gateway && caller is null)
            return;
        using var intake = await BatchIntake.EnterAsync(http, host.Bulk, caller?.TenantId ?? 0);
        if (intake is null || await intake.ReceiveAsync(http, Types) is not { } body)
            return;
        var batch = http.Request.ContentType!.StartsWith(Batch, StringComparison.OrdinalIgnoreCase);
        var faults = new List<BodyFault>();
        var key = batch ? UsageBody.BatchKeyOf(http, faults) : UsageBody.EventKeyOf(http, faults);
        var reader = new CloudEventReader(host.Meter, key);
        await intake.RunAsync(() => reader.Read(body.Bytes, batch));
        reader.Faults.AddRange(faults);
        body.Release(http);
        if (reader.Faults.Count == 0)
            await MakeAsync(host, reader, caller, batch);
        if (reader.Faults.Count > 0)
        {
            foreach (var usage in reader.Usages)
                usage.Release();
            await DataPlaneHost.SendFaultsAsync(http, reader.Faults);
            return;
        }

        await host.Meter.SubmitAsync(reader.Usages);
        await AnswerAsync(http, host, reader.Usages);
    }

    /// <summary>Makes all events before any is counted, so that a fault in one refuses all.</summary>
    private static async Task MakeAsync(DataPlaneHost host, CloudEventReader reader, CachedKey? caller, bool batch)
    {
        for (var i = 0; i < reader.Items.Count; i++)
        {
            var item = reader.Items[i];
            var where = batch ? $"[{i}]." : "";
            var key = await KeyOfAsync(host, item.Subject, caller);
            if (key is null)
            {
                reader.Faults.Add(new BodyFault(where + "subject", "Must be the id of a key.", true));
                continue;
            }

            if (host.Meter.Make(key, item.Content, EntryKind.Record) is not { } usage)
            {
                reader.Faults.Add(new BodyFault(where + "data.metrics", "The amount is too large.", true));
                continue;
            }

            usage.OutlivesKey = caller is null;
            usage.Entry.Key = EventIds.OfCloudEvent(key.KeyId, item.Source, item.Content.Id!);
            reader.Usages.Add(usage);
        }
    }

    /// <summary>
    /// Returns the caller's own key, whatever the subject says; for a gateway, the key that the subject names, even if
    /// it has ended: the usage has happened.
    /// </summary>
    private static async ValueTask<CachedKey?> KeyOfAsync(DataPlaneHost host, string? subject, CachedKey? caller)
    {
        if (caller is not null)
            return caller;
        if (!IdText.TryParse(IdText.Key, subject, out var id) || await host.Keys.FindEvenEndedAsync(id) is not { } key)
            return null;
        host.Keys.NoteUse(key);
        return key;
    }

    private static async Task AnswerAsync(HttpContext http, DataPlaneHost host, List<UsageEvent> usages)
    {
        var refused = usages.Find(u => u.Verdict != UsageVerdict.Allowed);
        if (refused is null)
        {
            http.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        else
        {
            var (status, type, title, detail) = DataPlaneProblems.Of(refused, host.Meter.Metrics);
            if (usages.Count > 1)
            {
                var reason = detail.Replace("Nothing was counted", "It was not counted", StringComparison.Ordinal);
                detail = $"{Summary(usages)} The first of those, {refused.Entry.EventId}: {reason}";
            }

            await DataPlaneHost.SendProblemAsync(http, status, type, title, detail);
        }

        foreach (var usage in usages)
            usage.Release();
    }

    private static string Summary(List<UsageEvent> usages)
    {
        var recorded = usages.Count(static u => u.Verdict == UsageVerdict.Allowed);
        var others = usages.Count - recorded;
        return $"Of {usages.Count} events {recorded} are recorded, now or before, and {others} are not. "
            + "Sending all of them again counts none twice.";
    }
}
