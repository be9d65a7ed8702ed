using Sluice.Engine.Events;
using Sluice.Engine.Usage;
using Sluice.Metering.Limits;

namespace Sluice.Api.DataPlane;

/// <summary><c>GET /v1/limits</c>: the scopes of a key with their states and limits.</summary>
internal static class GetLimits
{
    public static void Map(IEndpointRouteBuilder routes, DataPlaneHost host) => routes
        .MapDataPlane("GET", "/v1/limits", http => HandleAsync(http, host))
        .Describe("GetLimits", "Get the scopes in which the key counts, with their states and limits")
        .Produces<Schemas.LimitsAnswer>()
        .ProducesProblems(401, 503);

    private static async Task HandleAsync(HttpContext http, DataPlaneHost host)
    {
        if (await host.AuthenticateAsync(http) is not { } key)
            return;

        // A dry run of nothing makes sure that this node knows the scopes.
        var probe = await host.Meter.ReadLimitsAsync(key);
        if (probe.Verdict is not (UsageVerdict.Allowed or UsageVerdict.Refused))
        {
            var (status, type, title, detail) = DataPlaneProblems.Of(probe, host.Meter.Metrics);
            probe.Release();
            await DataPlaneHost.SendProblemAsync(http, status, type, title, detail);
            return;
        }

        probe.Release();
        var readings = host.Meter.LimitsOf(key);
        var writer = UsageWriter.Rent();
        var json = writer.Json;
        json.WriteStartObject();
        json.WriteString("keyId"u8, key.Route[0].Id.ToString());
        writer.State("state"u8, Worst(readings.Select(r => r.State)));
        json.WriteStartArray("scopes"u8);
        foreach (var scope in key.Route)
        {
            var own = readings.Where(r => r.Reading.Limit.Scope == scope.Id).ToArray();
            json.WriteStartObject();
            json.WriteString("scope"u8, UsageWriter.ScopeText(scope.Id.Kind));
            json.WriteString("scopeId"u8, scope.Id.ToString());
            writer.State("state"u8, Worst(own.Select(r => r.State)));
            json.WriteStartArray("limits"u8);
            foreach (var (reading, state) in own)
                writer.Limit(reading, host.Meter.Metrics, state);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("limits"u8);
        foreach (var (reading, state) in readings.OrderBy(
            r => (double)r.Reading.RemainingUnits / Math.Max(1, r.Reading.ValueUnits)))
            writer.Limit(reading, host.Meter.Metrics, state);
        json.WriteEndArray();
        json.WriteEndObject();
        await DataPlaneHost.SendAsync(http, 200, writer);
    }

    private static UsageState Worst(IEnumerable<UsageState> states) => states.DefaultIfEmpty(UsageState.Ok).Max();
}
