using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Sluice.LoadTest.Tests.Contract;

/// <summary>Usage, batches and reservations, with the requested faults.</summary>
internal sealed class DataPlane(ContractLedger ledger, ContractFaults faults)
{
    private static readonly object Limited = new { type = "urn:test/limit-reached", status = 429, allowed = false };
    private int _requests;

    public static string BearerOf(HttpContext context) =>
        context.Request.Headers.Authorization.ToString().Replace("Bearer ", string.Empty, StringComparison.Ordinal);

    public void Map(WebApplication app)
    {
        app.MapPost("/v1/usage", (HttpContext context) => AnswerAsync(context, async () =>
            ledger.FindBySecret(BearerOf(context)) is { } key
                ? Usage(key, (await ReadAsync(context)).RootElement)
                : Results.Unauthorized()));
        app.MapPost("/v1/usage/batch", (HttpContext context) => AnswerAsync(
            context, async () => await BatchAsync(context)));
        app.MapPost("/v1/reservations", (HttpContext context) => AnswerAsync(context, async () =>
            ledger.FindBySecret(BearerOf(context)) is { } key
                ? Reserve(key, (await ReadAsync(context)).RootElement)
                : Results.Unauthorized()));
        app.MapPost("/v1/reservations/{id}/commit", (string id, HttpContext context) => AnswerAsync(
            context, async () => Commit(id, (await ReadAsync(context)).RootElement)));
    }

    private static Task<JsonDocument> ReadAsync(HttpContext context) =>
        JsonDocument.ParseAsync(context.Request.Body);

    private static string IdOf(JsonElement item) => item.GetProperty("id").GetString()!;

    private static long TokensOf(JsonElement item) =>
        item.GetProperty("metrics").GetProperty("text_tokens").GetInt64();

    private async Task AnswerAsync(HttpContext context, Func<Task<IResult>> handler)
    {
        var number = Interlocked.Increment(ref _requests);
        if (faults.UnavailableEvery > 0 && number % faults.UnavailableEvery == 0)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "0";
            return;
        }

        var answer = await handler();
        if (faults.LoseAnswerEvery > 0 && number % faults.LoseAnswerEvery == 0)
            context.Abort();
        else
            await answer.ExecuteAsync(context);
    }

    private IResult Usage(ContractKey key, JsonElement body)
    {
        var (allowed, duplicate) = ledger.Consume(key, IdOf(body), TokensOf(body));
        return allowed
            ? Results.Json(new { id = IdOf(body), allowed, duplicate, state = "ok", limits = Array.Empty<object>() })
            : Results.Json(Limited, statusCode: StatusCodes.Status429TooManyRequests);
    }

    private async Task<IResult> BatchAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var results = new JsonArray();
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
        {
            var item = JsonElement.Parse(line);
            if (ledger.FindById(item.GetProperty("keyId").GetString()!) is not { } key)
                return Results.Json(new { detail = $"line {results.Count + 1}: no such key" }, statusCode: 400);
            var (allowed, duplicate) = ledger.Consume(key, IdOf(item), TokensOf(item));
            var result = new JsonObject { ["id"] = IdOf(item), ["allowed"] = allowed, ["duplicate"] = duplicate };
            if (!allowed)
                result["problem"] = JsonSerializer.SerializeToNode(Limited);
            results.Add(result);
        }

        return Results.Json(new JsonObject { ["results"] = results });
    }

    private IResult Reserve(ContractKey key, JsonElement body)
    {
        var (allowed, duplicate) = ledger.Reserve(key, IdOf(body), TokensOf(body));
        return allowed
            ? Results.Json(new { id = IdOf(body), duplicate, expiresAt = "2999-01-01T00:00:00Z" }, statusCode: 201)
            : Results.Json(Limited, statusCode: StatusCodes.Status429TooManyRequests);
    }

    private IResult Commit(string id, JsonElement body) => ledger.Commit(id, TokensOf(body)) is { } duplicate
        ? Results.Json(new { id, allowed = true, duplicate })
        : Results.NotFound();
}
