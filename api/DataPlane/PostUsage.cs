using Sluice.Engine.Usage;
using Sluice.Storage.Ledger.Entries;

namespace Sluice.Api.DataPlane;

/// <summary><c>POST /v1/usage</c>: checks and counts in one step, or counts what has already happened.</summary>
internal static class PostUsage
{
    public static void Map(IEndpointRouteBuilder routes, DataPlaneHost host) => routes
        .MapDataPlane("POST", "/v1/usage", http => HandleAsync(http, host))
        .Describe("PostUsage", "Count usage, or refuse it if a limit would be exceeded")
        .Takes<Schemas.Usage>("application/json")
        .Produces<Schemas.UsageAnswer>()
        .ProducesUsageProblems()
        .TakesIdempotencyKey()
        .SendsRateLimit();

    private static async Task HandleAsync(HttpContext http, DataPlaneHost host)
    {
        if (await host.AuthenticateAsync(http) is not { } key)
            return;
        if (await UsageBody.TakeAsync(http) is not { } body)
            return;
        var read = UsageBody.Read(http, host.Meter, body, UsageFields.Usage);
        UsageBody.TakeIdempotencyKey(http, read);
        var kind = read.Content.Record ? EntryKind.Record : EntryKind.Consume;
        if (UsageBody.Make(host.Meter, key, read, kind) is not { } usage)
        {
            await DataPlaneHost.SendFaultsAsync(http, read.Faults);
            return;
        }

        await host.SendAsync(http, await host.Meter.SubmitAsync(usage), static (w, u, m) => w.Answer(u, m));
    }
}
