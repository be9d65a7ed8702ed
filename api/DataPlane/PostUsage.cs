using Sluice.Engine.Metering;
using Sluice.Storage.Ledger;

namespace Sluice.Api.DataPlane;

/// <summary><c>POST /v1/usage</c>: check and count in one step, or count what has happened.</summary>
internal static class PostUsage
{
    internal static readonly string[] Json = ["application/json"];

    public static void Map(IEndpointRouteBuilder routes, DataPlaneHost host) => routes
        .MapDataPlane("POST", "/v1/usage", http => HandleAsync(http, host))
        .Describe("PostUsage", "Counts usage, or refuses it when a limit would be passed")
        .Takes<Schemas.Usage>("application/json")
        .Produces<Schemas.UsageAnswer>()
        .ProducesUsageProblems();

    private static async Task HandleAsync(HttpContext http, DataPlaneHost host)
    {
        if (await host.AuthenticateAsync(http) is not { } key)
            return;
        if (await DataPlaneHost.ReadBodyAsync(http, DataPlaneBounds.BodyMax, Json) is not { } body)
            return;
        var reader = DataPlaneRoutes.Reader(host.Meter);
        reader.Read(body, UsageFields.Usage);
        DataPlaneHost.Done(http, body);
        if (reader.Faults.Count > 0)
        {
            await DataPlaneHost.SendFaultsAsync(http, reader.Faults);
            return;
        }

        if (host.Meter.Make(key, reader.Content, reader.Content.Record ? EntryKind.Record : EntryKind.Consume)
            is not { } usage)
        {
            await DataPlaneRoutes.SendTooLargeAsync(http);
            return;
        }

        await host.SendAsync(http, await host.Meter.SubmitAsync(usage), static (w, u, m) => w.Answer(u, m));
    }
}
