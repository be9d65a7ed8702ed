using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Sluice.Api.Tests.Hosting;

/// <summary>Calls the API with one token.</summary>
public sealed class ApiCaller(HttpClient http, string? token)
{
    private const string EventStream = "text/event-stream";

    public Task<Answer> GetAsync(string path, string? accept = null) =>
        SendAsync(HttpMethod.Get, path, null, null, accept);

    /// <param name="path">The address.</param>
    /// <param name="body">An object to send as JSON, a string that is JSON already, or null for no body.</param>
    /// <param name="idempotencyKey">The idempotency key, which makes the call repeatable.</param>
    public Task<Answer> PostAsync(string path, object? body = null, string? idempotencyKey = null) =>
        SendAsync(HttpMethod.Post, path, body, idempotencyKey);

    public Task<Answer> PutAsync(string path, object body, string? idempotencyKey = null) =>
        SendAsync(HttpMethod.Put, path, body, idempotencyKey);

    public Task<Answer> PatchAsync(string path, object body, string? idempotencyKey = null) =>
        SendAsync(HttpMethod.Patch, path, body, idempotencyKey);

    public Task<Answer> DeleteAsync(string path, string? idempotencyKey = null) =>
        SendAsync(HttpMethod.Delete, path, null, idempotencyKey);

    public Task<Answer> SendAsync(
        HttpMethod method, string path, object? body, string? idempotencyKey, string? accept = null) =>
        SendWithAsync(method, path, body, ("Idempotency-Key", idempotencyKey), ("Accept", accept));

    /// <summary>Sends a call with headers as they are; one without a value is left out.</summary>
    public async Task<Answer> SendWithAsync(
        HttpMethod method, string path, object? body, params (string Name, string? Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        foreach (var (name, value) in headers.Where(static header => header.Value is not null))
            request.Headers.TryAddWithoutValidation(name, value);
        if (body is HttpContent content)
            request.Content = content;
        else if (body is not null)
            request.Content = new StringContent(
                body as string ?? JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        var message = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (message.Content.Headers.ContentType?.MediaType != EventStream)
            return new(message.StatusCode, await message.Content.ReadAsStringAsync(), message);
        // It has no end until its reader leaves.
        message.Dispose();
        return new(message.StatusCode, "", message);
    }
}
