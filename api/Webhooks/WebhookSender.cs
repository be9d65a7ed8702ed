using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Options;
using Sluice.Api.Auth;
using Sluice.Api.Settings;
using Sluice.Storage.Outbox.Webhooks;

namespace Sluice.Api.Webhooks;

/// <summary>
/// Sends one delivery. Only the status of the response counts: it follows no redirect, keeps no cookie, uses no proxy,
/// and reads little of the body.
/// </summary>
internal sealed class WebhookSender : IDisposable
{
    /// <summary>How many bytes of the response's body are read, for the delivery log.</summary>
    private const int BodyBytesMax = 1024;

    /// <summary>
    /// The error of every request without a response, whatever the cause. The causes, told apart, would let a tenant
    /// find out which names resolve and which ports are open from where this node is.
    /// </summary>
    private const string Unreachable =
        "The receiver could not be reached. Its name must resolve to a public address, it must listen there, its "
        + "certificate must be valid, and it must answer with HTTP.";

    private const int HeadersKibibytesMax = 16;

    /// <summary>The time limit of a whole request: resolving the name, connecting, the response.</summary>
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(10);

    /// <summary>The longest lifetime of a connection, because the address behind its name may change.</summary>
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    private readonly SealedSecrets _secrets;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;

    public WebhookSender(SealedSecrets secrets, IOptions<SluiceOptions> options, TimeProvider time)
    {
        _secrets = secrets;
        _time = time;
        var privateAllowed = options.Value.WebhookPrivate;
        _http = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            MaxResponseHeadersLength = HeadersKibibytesMax,
            MaxResponseDrainSize = 0,
            PooledConnectionLifetime = ConnectionLifetime,
            ConnectCallback = (context, ct) => PublicConnector.ConnectAsync(context, privateAllowed, ct),
        })
        {
            // Measured below instead, with the node's clock.
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <exception cref="OperationCanceledException">
    /// The node stops; whether the delivery arrived is unknown.
    /// </exception>
    public async Task<SendResult> SendAsync(DueDelivery delivery, CancellationToken ct)
    {
        using var late = new CancellationTokenSource(TimeLimit, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(late.Token, ct);
        try
        {
            using var request = RequestOf(delivery);
            using var response = await _http.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            var status = (int)response.StatusCode;
            return response.IsSuccessStatusCode
                ? new(status, null)
                : new(status, Short($"HTTP {status}. {await ReadAsync(response, both.Token)}"));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new(null, $"There was no answer within {TimeLimit.TotalSeconds} seconds.");
        }
        catch (HttpRequestException failure) when (failure.InnerException is PrivateTargetException refused)
        {
            return new(null, refused.Message);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return new(null, Unreachable);
        }
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage RequestOf(DueDelivery delivery)
    {
        var secrets = new List<byte[]> { _secrets.OpenForWebhook(delivery.Secret) };
        if (delivery.PreviousSecret is { } previous)
            secrets.Add(_secrets.OpenForWebhook(previous));
        var timestamp = _time.GetUtcNow().ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, delivery.Url)
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(delivery.Body)),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("User-Agent", "Sluice-Webhooks/1");
        request.Headers.Add(WebhookSignature.IdHeader, delivery.MessageId);
        request.Headers.Add(WebhookSignature.TimestampHeader, timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(
            WebhookSignature.Header,
            WebhookSignature.Of(secrets, delivery.MessageId, timestamp, delivery.Body));
        return request;
    }

    /// <summary>Reads the beginning of a response for one line of the log; what can't be read is omitted.</summary>
    private static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken ct)
    {
        var bytes = new byte[BodyBytesMax];
        var length = 0;
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(ct);
            length = await body.ReadAtLeastAsync(bytes, BodyBytesMax, throwOnEndOfStream: false, ct);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            // The status has arrived, and only that counts.
        }

        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    /// <summary>
    /// Shortens a text to one line without control characters: PostgreSQL does not accept U+0000, and people read it in
    /// a table.
    /// </summary>
    private static string Short(string text)
    {
        var line = string.Concat(text.Where(static c => !char.IsSurrogate(c)).Select(
            static c => char.IsControl(c) ? ' ' : c)).Trim();
        return line.Length > WebhookBounds.ErrorLengthMax ? line[..WebhookBounds.ErrorLengthMax] : line;
    }
}
