using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Sluice.Client.Models;

namespace Sluice.Client;

/// <summary>
/// The data plane and the management API of Sluice: a method for each operation of its OpenAPI document. Thread-safe.
/// Results are values or problems; only cancellation throws.
/// </summary>
public sealed partial class SluiceClient
{
    /// <summary>The <c>type</c> of a problem that this client makes: nobody answered.</summary>
    public const string Unreachable = "/problems/unreachable";

    /// <summary>The <c>type</c> of a problem that this client makes: the answer is none of Sluice.</summary>
    public const string Unexpected = "/problems/unexpected";

    private const int FirstPauseMs = 100;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        // Numbers are numbers, as the contract says.
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict,
    };

    private readonly HttpClient _http;
    private readonly string? _token;
    private readonly SluiceClientOptions _options;

    /// <param name="http">Sends the requests; its base address is that of a node or of a proxy before nodes.</param>
    /// <param name="token">An API key, or an access token, depending on what is called; null for none.</param>
    /// <param name="options">How it behaves when it is not answered.</param>
    public SluiceClient(HttpClient http, string? token = null, SluiceClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        _http = http;
        _token = token;
        _options = options ?? new SluiceClientOptions();
    }

    private async Task<SluiceResult<T>> SendAsync<T>(SluiceRequest request, CancellationToken ct)
        where T : class
    {
        using var answer = await SendAsync(request, HttpCompletionOption.ResponseContentRead, ct).ConfigureAwait(false);
        if (answer.Problem is { } problem)
            return new SluiceResult<T>(problem, answer.RetryAfter);
        try
        {
            var value = await answer.Message!.Content.ReadFromJsonAsync<T>(Json, ct).ConfigureAwait(false);
            return value is null
                ? new SluiceResult<T>(Problem(Unexpected, "The answer is empty.", answer.Message), null)
                : new SluiceResult<T>(value, answer.Message.Headers.ETag?.ToString());
        }
        catch (JsonException e)
        {
            return new SluiceResult<T>(Problem(Unexpected, e.Message, answer.Message), null);
        }
    }

    private async Task<SluiceResult> SendAsync(SluiceRequest request, CancellationToken ct)
    {
        using var answer = await SendAsync(request, HttpCompletionOption.ResponseContentRead, ct).ConfigureAwait(false);
        return new SluiceResult(answer.Problem, answer.RetryAfter);
    }

    private async Task<SluiceResult<Stream>> StreamAsync(SluiceRequest request, CancellationToken ct)
    {
        var answer = await SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct).ConfigureAwait(false);
        if (answer.Problem is { } problem)
        {
            answer.Dispose();
            return new SluiceResult<Stream>(problem, answer.RetryAfter);
        }

        // The stream ends the response when it is disposed of.
        return new SluiceResult<Stream>(
            await answer.Message!.Content.ReadAsStreamAsync(ct).ConfigureAwait(false), etag: null);
    }

    /// <summary>Sends a request until it is decided, or may not be repeated any more.</summary>
    private async Task<Answer> SendAsync(SluiceRequest request, HttpCompletionOption completion, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            var answer = await TryAsync(request, completion, ct).ConfigureAwait(false);
            if (!answer.IsUndecided || attempt >= _options.AttemptsMax)
                return answer;
            var pause = answer.RetryAfter ?? TimeSpan.FromMilliseconds(FirstPauseMs << (attempt - 1));
            answer.Dispose();
            await Task.Delay(pause < _options.PauseMax ? pause : _options.PauseMax, _options.Time, ct)
                .ConfigureAwait(false);
        }
    }

    private async Task<Answer> TryAsync(SluiceRequest request, HttpCompletionOption completion, CancellationToken ct)
    {
        HttpResponseMessage response;
        try
        {
            using var message = MessageOf(request);
            response = await _http.SendAsync(message, completion, ct).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException
            || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return new Answer(null, Problem(Unreachable, e.Message, null), null);
        }

        if (response.IsSuccessStatusCode)
            return new Answer(response, null, null);
        var wait = response.Headers.RetryAfter?.Delta;
        var problem = await ReadProblemAsync(response, ct).ConfigureAwait(false);
        return new Answer(response, problem, wait);
    }

    private HttpRequestMessage MessageOf(SluiceRequest request)
    {
        var message = new HttpRequestMessage(request.Method, new Uri(request.Address, UriKind.Relative));
        if (_token is not null)
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        message.Headers.Accept.ParseAdd(request.Accept);
        if (request.IdempotencyKey is { } key)
            message.Headers.Add("Idempotency-Key", key);
        if (request.IfMatch is { } etag)
            message.Headers.IfMatch.ParseAdd(etag);
        if (request.Body is { } body)
        {
            message.Content = JsonContent.Create(
                body, body.GetType(), new MediaTypeHeaderValue(request.ContentType), Json);
        }

        return message;
    }

    private static async Task<ProblemDetails> ReadProblemAsync(HttpResponseMessage response, CancellationToken ct)
    {
        try
        {
            if (response.Content.Headers.ContentType?.MediaType == "application/problem+json"
                && await response.Content.ReadFromJsonAsync<ProblemDetails>(Json, ct).ConfigureAwait(false) is { } read)
                return read;
        }
        catch (Exception e) when (e is JsonException or HttpRequestException or IOException)
        {
            return Problem(Unexpected, e.Message, response);
        }

        return Problem(Unexpected, $"The answer was {(int)response.StatusCode} without a problem.", response);
    }

    private static ProblemDetails Problem(string type, string detail, HttpResponseMessage? response) => new()
    {
        Type = type,
        Title = type == Unreachable ? "The server can't be reached." : "The answer can't be read.",
        Status = response is null ? 0 : (int)response.StatusCode,
        Detail = detail,
    };

    /// <summary>The answer to one attempt.</summary>
    private sealed record Answer(HttpResponseMessage? Message, ProblemDetails? Problem, TimeSpan? RetryAfter)
        : IDisposable
    {
        /// <summary>Whether the request may be sent again: it was not decided, and repeats count once.</summary>
        public bool IsUndecided => Problem is not null && Message?.StatusCode
            is null or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

        public void Dispose() => Message?.Dispose();
    }
}
