using Sluice.Engine.Events;
using Sluice.Engine.Usage;
using Sluice.Storage.Ledger.Entries;

namespace Sluice.Api.DataPlane;

/// <summary><c>POST /v1/usage/check</c>: a dry run.</summary>
internal static class PostCheck
{
    public static void Map(IEndpointRouteBuilder routes, DataPlaneHost host) => routes
        .MapDataPlane("POST", "/v1/usage/check", http => HandleAsync(http, host))
        .Describe("CheckUsage", "Check whether usage would pass, and if not, what refuses it; nothing is counted")
        .Takes<Schemas.Usage>("application/json")
        .Produces<Schemas.CheckAnswer>()
        .ProducesUsageProblems()
        .SendsRateLimit();

    private static async Task HandleAsync(HttpContext http, DataPlaneHost host)
    {
        if (await host.AuthenticateAsync(http) is not { } key)
            return;
        if (await UsageBody.TakeAsync(http) is not { } body)
            return;
        var read = UsageBody.Read(http, host.Meter, body, UsageFields.Usage);
        if (UsageBody.Make(host.Meter, key, read, EntryKind.Consume) is not { } usage)
        {
            await DataPlaneHost.SendFaultsAsync(http, read.Faults);
            return;
        }

        var happened = read.Content.Record;
        await host.Meter.CheckAsync(usage);
        if (usage.Verdict is not (UsageVerdict.Allowed or UsageVerdict.Refused or UsageVerdict.Unpriced))
        {
            await host.SendAsync(http, usage, static (w, u, m) => w.Check(u, m));
            return;
        }

        var writer = UsageWriter.Rent();
        writer.Check(usage, host.Meter.Metrics, happened);
        host.SetRateLimit(http, usage);
        usage.Release();
        await DataPlaneHost.SendAsync(http, 200, writer);
    }
}
