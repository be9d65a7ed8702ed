using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Sluice.LoadTest.Management;

/// <summary>
/// Calls the management API with the operator's token. A call made while the server restarts is retried with the same
/// <c>Idempotency-Key</c>, so a creation happens once.
/// </summary>
internal sealed class ManagementCalls : IDisposable
{
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(250);

    private readonly HttpClient _client;
    private readonly TimeProvider _time;

    public ManagementCalls(Uri baseAddress, string operatorToken, TimeProvider time)
    {
        _client = new HttpClient { BaseAddress = baseAddress };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", operatorToken);
        _time = time;
    }

    public Task<JsonElement> GetAsync(string path, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Get, path, body: null, cancellation);

    public Task<JsonElement> PostAsync(string path, object body, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Post, path, body, cancellation);

    public Task<JsonElement> PutAsync(string path, object body, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Put, path, body, cancellation);

    public Task DeleteAsync(string path, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Delete, path, body: null, cancellation);

    /// <summary>Reads all items of a list, page by page.</summary>
    public async Task<List<JsonElement>> ListAsync(string path, CancellationToken cancellation)
    {
        var all = new List<JsonElement>();
        string? after = null;
        do
        {
            var query = after is null ? string.Empty : "&after=" + Uri.EscapeDataString(after);
            var page = await GetAsync($"{path}?limit=200{query}", cancellation);
            all.AddRange(page.GetProperty("items").EnumerateArray());
            after = page.TryGetProperty("next", out var next) && next.ValueKind == JsonValueKind.String
                ? next.GetString()
                : null;
        }
        while (after is not null);
        return all;
    }

    public void Dispose() => _client.Dispose();

    private async Task<JsonElement> SendAsync(
        HttpMethod method, string path, object? body, CancellationToken cancellation)
    {
        var idempotencyKey = Guid.NewGuid().ToString("N");
        var started = _time.GetTimestamp();
        while (true)
        {
            var mayTryAgain = _time.GetElapsedTime(started) < GiveUpAfter;
            try
            {
                using var request = new HttpRequestMessage(method, path);
                if (body is not null)
                {
                    request.Headers.Add("Idempotency-Key", idempotencyKey);
                    request.Content = JsonContent.Create(body);
                }

                using var response = await _client.SendAsync(request, cancellation);
                if (response.StatusCode != HttpStatusCode.ServiceUnavailable || !mayTryAgain)
                    return await ReadAsync(request, response, cancellation);
            }
            catch (HttpRequestException unreachable)
            {
                if (!mayTryAgain)
                    throw new ManagementException($"{method} {path}: {unreachable.Message}", unreachable);
            }

            await Task.Delay(Wait, _time, cancellation);
        }
    }

    private static async Task<JsonElement> ReadAsync(
        HttpRequestMessage request, HttpResponseMessage response, CancellationToken cancellation)
    {
        var text = await response.Content.ReadAsStringAsync(cancellation);
        if (!response.IsSuccessStatusCode)
        {
            throw new ManagementException(
                $"{request.Method} {request.RequestUri}: status {(int)response.StatusCode}: {text}")
            {
                Status = response.StatusCode,
            };
        }

        if (text.Length == 0)
            return default;
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException malformed)
        {
            throw new ManagementException($"{request.Method} {request.RequestUri}: not JSON", malformed);
        }
    }
}
