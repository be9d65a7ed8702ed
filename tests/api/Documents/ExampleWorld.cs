using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Api.Tests.Management;
using Xunit;

namespace Sluice.Api.Tests.Documents;

/// <summary>A tenant with one of everything, in which each example of the document can be sent once.</summary>
internal sealed class ExampleWorld
{
    private readonly NodeHost _host;
    private readonly Person? _owner;
    private readonly Dictionary<string, string> _ids;

    private ExampleWorld(NodeHost host, Person? owner, Dictionary<string, string> ids)
    {
        _host = host;
        _owner = owner;
        _ids = ids;
    }

    /// <summary>Prepares what an operation needs: <c>POST /api/v1/tenants/{t}/boosts</c>.</summary>
    public static async Task<ExampleWorld> ForAsync(NodeHost host, string operation)
    {
        var api = host.Operator();
        var path = operation.Split(' ')[1];
        var owner = NeedsOwner(path) ? await Person.OwnerAsync(host) : null;
        var customer = await (await Customer.CreateAsync(host)).AnotherProjectAsync();
        var t = owner?.TenantPath ?? customer.TenantPath;
        var member = (await api.PostAsync($"{t}/members", new { userName = "max", role = "member" }))
            .Is(HttpStatusCode.Created).String("id");
        var subscription = (await api.PostAsync($"{t}/subscriptions", new
        {
            plan = "team",
            seats = 1,
            creditsPerSeat = 5,
            expiresAt = host.Time.GetUtcNow().AddDays(60),
        })).Is(HttpStatusCode.Created);
        var seat = subscription["seatIds"][0].GetString()!;
        var ids = new Dictionary<string, string>
        {
            ["t"] = t.Split('/')[^1],
            ["p"] = customer.ProjectId,
            ["m"] = member,
            ["k"] = customer.KeyId,
            ["s"] = operation.Contains("/subscriptions/", StringComparison.Ordinal) ? subscription.String("id") : seat,
            ["metric"] = "text_tokens",
            ["secret"] = customer.Secret,
        };
        if (path.Contains("/seats/{s}/key", StringComparison.Ordinal))
            (await api.PostAsync($"{t}/seats/{seat}/assign", new { memberId = member })).Is(HttpStatusCode.OK);
        if (path.EndsWith("/seats/{s}/key/regenerate", StringComparison.Ordinal))
            (await api.PostAsync($"{t}/seats/{seat}/key")).Is(HttpStatusCode.Created);
        if (path.EndsWith("personal-key/regenerate", StringComparison.Ordinal))
            await owner!.TakeKeyAsync();
        if (path.EndsWith("/boosts", StringComparison.Ordinal))
            (await api.PutAsync($"{t}/limits/amount", new { blocked = 100 })).Is(HttpStatusCode.OK);
        if (path.StartsWith("/v1/reservations/", StringComparison.Ordinal))
        {
            (await customer.Key.PostAsync(
                "/v1/reservations", """{"id": "r", "metrics": {"text_tokens": 1}, "ttlSeconds": 60}"""))
                .Is(HttpStatusCode.Created);
            ids["id"] = "r";
        }
        else if (path.StartsWith("/api/v1/quota-requests/{id}", StringComparison.Ordinal))
        {
            ids["id"] = (await api.PostAsync(
                "/api/v1/quota-requests", new { tenantId = customer.TenantId, amount = 5, reason = "more" }))
                .Is(HttpStatusCode.Created).String("id");
        }
        else if (path.EndsWith("/webhooks/{w}", StringComparison.Ordinal))
        {
            ids["w"] = (await api.PostAsync(
                $"{t}/webhooks", new { url = "https://example.org/hook", events = new[] { "*" } }))
                .Is(HttpStatusCode.Created).String("id");
        }
        else if (path.EndsWith("/invitations/accept", StringComparison.Ordinal))
        {
            var expiresAt = host.Time.GetUtcNow().AddDays(1);
            var link = (await api.PostAsync(
                $"{t}/invitations/bulk", new { role = "member", maxUses = 5, expiresAt }))
                .Is(HttpStatusCode.Created).String("link");
            ids["token"] = link.Split("token=")[1];
        }

        return new ExampleWorld(host, owner, ids);
    }

    /// <summary>Sends a body, with this world's ids in place of the document's.</summary>
    public async Task<Answer> SendAsync(string operation, JsonNode body, string contentType)
    {
        var (method, path) = (operation.Split(' ')[0], operation.Split(' ')[1]);
        foreach (var (name, id) in _ids)
            path = path.Replace($"{{{name}}}", id, StringComparison.Ordinal);
        var caller = CallerOf(path);
        var content = new StringContent(
            Local(body)!.ToJsonString(), new System.Net.Http.Headers.MediaTypeHeaderValue(contentType));
        var answer = await caller.SendAsync(new HttpMethod(method), path, content, null);
        // Else it would be the quota of every world after this one.
        if (path is "/api/v1/default-quotas")
            (await _host.Operator().PutAsync(path, "{}")).Is(HttpStatusCode.OK);
        return answer;
    }

    private ApiCaller CallerOf(string path)
    {
        if (path is "/v1/usage/batch")
            return _host.Gateway();
        if (path.StartsWith("/v1/", StringComparison.Ordinal) || path is "/api/v1/events")
            return _host.Bearing(_ids["secret"]);
        return _owner?.Api ?? _host.Operator();
    }

    private static bool NeedsOwner(string path) =>
        path.Contains("/me/", StringComparison.Ordinal) || path.EndsWith("/session", StringComparison.Ordinal)
        || path is "/api/v1/tenants/{t}/quota-requests";

    private JsonNode? Local(JsonNode? node) => node switch
    {
        JsonObject fields => new JsonObject(fields.Select(field => KeyValuePair.Create(field.Key, Local(field.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Local)]),
        JsonValue value when value.GetValueKind() == JsonValueKind.String =>
            JsonValue.Create(Local(value.GetValue<string>())),
        _ => node?.DeepClone(),
    };

    private string Local(string text) => text switch
    {
        // What only one tenant or metric of the installation may have.
        "account-1" => $"account-{Guid.NewGuid():n}",
        "gpu_seconds" => $"gpu_{Guid.NewGuid():n}",
        _ when text.EndsWith("0000000001a", StringComparison.Ordinal) => _ids.GetValueOrDefault(text[..1], text),
        _ when text.StartsWith("sli_", StringComparison.Ordinal) => _ids.GetValueOrDefault("token", text),
        _ => text,
    };
}
