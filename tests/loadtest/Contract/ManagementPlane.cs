using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Sluice.LoadTest.Tests.Contract;

/// <summary>Tenants, projects, keys, limits and the two ways to read usage.</summary>
internal sealed class ManagementPlane(ContractLedger ledger)
{
    private readonly ConcurrentDictionary<string, string> _tenantByAccount = [];
    private readonly ConcurrentDictionary<string, (string TenantId, string Name)> _projects = [];
    private readonly ConcurrentDictionary<string, ContractKey> _keys = [];
    private int _ids;

    public void Map(WebApplication app)
    {
        app.MapPost("/api/v1/tenants", CreateTenant);
        app.MapGet("/api/v1/tenants", () => Items(
            _tenantByAccount.Select(pair => new { id = pair.Value, billingAccountId = pair.Key })));
        app.MapGet("/api/v1/tenants/{t}", (string t) =>
            _tenantByAccount.Values.Contains(t) ? Results.Json(new { id = t }) : Results.NotFound());
        app.MapPost("/api/v1/tenants/{t}/projects", CreateProject);
        app.MapGet("/api/v1/tenants/{t}/projects", (string t) => Items(
            _projects.Where(pair => pair.Value.TenantId == t).Select(pair => new { id = pair.Key, pair.Value.Name })));
        app.MapPost("/api/v1/tenants/{t}/projects/{p}/keys", CreateKey);
        app.MapGet("/api/v1/tenants/{t}/projects/{p}/keys", (string p) => Items(
            _keys.Values.Where(key => key.ProjectId == p).Select(key => new { id = key.Id, key.Name })));
        app.MapPost("/api/v1/tenants/{t}/projects/{p}/keys/{k}/regenerate", (string k) =>
            new { secret = ledger.Regenerate(k, NewSecret()).Secret });
        MapLimits(app);
        app.MapGet("/api/v1/tenants/{t}/usage", ReadUsage);
        app.MapGet("/api/v1/tenants/{t}/state", ReadState);
    }

    private static IResult Items(IEnumerable<object> items) => Results.Json(new { items, next = (string?)null });

    private static string TextOf(JsonElement body, string name) => body.GetProperty(name).GetString()!;

    private void MapLimits(WebApplication app)
    {
        app.MapPut("/api/v1/price-book", (JsonElement body) => Results.Json(body));
        app.MapPut("/api/v1/tenants/{t}/usage-thresholds", (string t, JsonElement body) =>
        {
            var threshold = body.GetProperty("metrics").GetProperty("text_tokens");
            ledger.LimitTokens(t, threshold.GetProperty("blocked").GetInt64());
            return Results.Json(body);
        });
        app.MapPut("/api/v1/tenants/{t}/projects/{p}/limits/amount", (string p, JsonElement body) =>
        {
            ledger.LimitAmount(p, body.GetProperty("blocked").GetDecimal());
            return Results.Json(body);
        });
    }

    private IResult CreateTenant(JsonElement body)
    {
        var id = NewId('t');
        return _tenantByAccount.TryAdd(TextOf(body, "billingAccountId"), id)
            ? Results.Json(new { id, defaultProjectId = NewId('p') }, statusCode: StatusCodes.Status201Created)
            : Results.Conflict();
    }

    private IResult CreateProject(string t, JsonElement body)
    {
        var id = NewId('p');
        _projects[id] = (t, TextOf(body, "name"));
        return Results.Json(new { id }, statusCode: StatusCodes.Status201Created);
    }

    private IResult CreateKey(string t, string p, JsonElement body)
    {
        var key = new ContractKey(NewId('k'), TextOf(body, "name"), NewSecret(), p, t);
        _keys[key.Id] = key;
        ledger.AddKey(key);
        return Results.Json(new { id = key.Id, secret = key.Secret }, statusCode: StatusCodes.Status201Created);
    }

    private IResult ReadUsage(string t, string from, string to, string metric, string? groupBy)
    {
        if (!DateTimeOffset.TryParse(from, out var start) || !DateTimeOffset.TryParse(to, out var end) || start >= end)
            return Results.BadRequest();
        IEnumerable<object> items = groupBy switch
        {
            "key" => _keys.Values.Where(key => key.TenantId == t)
                .Select(key => new { key = key.Id, metric, value = ledger.LedgerOf(key.Id) }),
            "project" => _projects.Where(pair => pair.Value.TenantId == t)
                .Select(pair => new { project = pair.Key, metric, value = ledger.LedgerOf(pair.Key) }),
            _ => [new { metric, value = ledger.LedgerOf(t) }],
        };
        return Results.Json(new { items });
    }

    private IResult ReadState(string t) => Items(
    [
        StateOf("tenant", t),
        .. _projects.Where(pair => pair.Value.TenantId == t).Select(pair => StateOf("project", pair.Key)),
        .. _keys.Values.Where(key => key.TenantId == t).Select(key => StateOf("key", key.Id)),
    ]);

    private object StateOf(string scope, string scopeId)
    {
        var (used, held, amount) = ledger.StateOf(scopeId);
        return new
        {
            scope,
            scopeId,
            metrics = new object[]
            {
                new { metric = "text_tokens", used, held, state = "ok" },
                new { metric = "amount", used = amount, held = 0, limit = (decimal?)null, state = "ok" },
            },
        };
    }

    private string NewId(char kind) => $"{kind}{Interlocked.Increment(ref _ids)}";

    private string NewSecret() => $"sk_project_{Interlocked.Increment(ref _ids)}";
}
